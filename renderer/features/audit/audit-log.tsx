// The audit log of a data source: who changed what and when; filtered, one entry in full beside the list, as CSV.
import { Button, Select } from '@mantine/core';
import { IconDownload, IconFilterOff } from '@tabler/icons-react';
import { useState } from 'react';
import { type AuditAction, type AuditEntry, auditAction, type Caller, caller } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { saveTextFile } from '../../design/save-text-file.ts';
import { SplitView } from '../../design/split-view.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { AuditEntryDetail } from './audit-entry-detail.tsx';
import classes from './audit-log.module.css';
import { changeWords, whoWords } from './audit-words.ts';
import { useAudit } from './use-audit.ts';

const words = text.audit;
const actions = auditAction.options.map((value) => ({ value, label: words.actions[value] }));
const callers = caller.options.map((value) => ({ value, label: words.callers[value] }));

const columns: VirtualColumn<AuditEntry>[] = [
  {
    key: 'when',
    header: words.when,
    width: 'minmax(7rem, 0.7fr)',
    cell: (entry) => <RelativeTime at={entry.at} />,
  },
  {
    key: 'action',
    header: words.action,
    width: 'minmax(9.5rem, 0.9fr)',
    cell: (entry) => <span className={classes.action}>{words.actions[entry.action]}</span>,
  },
  {
    key: 'changes',
    header: words.changes,
    width: 'minmax(8rem, 3fr)',
    hideBelow: 460,
    cell: (entry) => <span className={classes.changes}>{entry.changes.map(changeWords).join(' · ')}</span>,
  },
  {
    key: 'by',
    header: words.by,
    width: 'minmax(7rem, 1fr)',
    hideBelow: 620,
    cell: (entry) => <span className={classes.who}>{whoWords(entry)}</span>,
  },
];

export function AuditLog({ dataSourceId }: { dataSourceId: string }) {
  const [action, setAction] = useState<AuditAction>();
  const [via, setVia] = useState<Caller>();
  /** Entries in the last file, where there are more. */
  const [left, setLeft] = useState<number>();
  const [opened, setOpened] = useState<string>();
  const audit = useAudit(dataSourceId, { action, via });
  const file = useAction('audit.export');
  const entry = audit.rows?.find(({ id }) => id === opened);

  async function exportCsv() {
    const answer = await file.run({ dataSourceId, action, via });
    if (!answer) return false;
    setLeft(answer.more ? answer.entries : undefined);
    saveTextFile(answer.fileName, answer.csv, 'text/csv;charset=utf-8');
    return true;
  }

  function showAll() {
    setAction(undefined);
    setVia(undefined);
  }

  const list = (
    <div className={classes.section}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{words.title}</h2>
          <p className={classes.about}>{words.about}</p>
        </div>
        <div className={classes.tools}>
          <Select
            className={classes.filter}
            aria-label={words.filter}
            placeholder={words.filterAll}
            data={actions}
            value={action ?? null}
            onChange={(value) => setAction(auditAction.options.find((each) => each === value))}
            clearable
          />
          <Select
            className={classes.filter}
            aria-label={words.via}
            placeholder={words.viaAll}
            data={callers}
            value={via ?? null}
            onChange={(value) => setVia(caller.options.find((each) => each === value))}
            clearable
          />
          <ActionButton
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onPress={exportCsv}
          >
            {words.export}
          </ActionButton>
        </div>
      </div>
      {file.problem && (
        <div className={classes.notice}>
          <ProblemNotice {...problemWords(file.problem, words.notExported)} />
        </div>
      )}
      {left !== undefined && (
        <div className={classes.notice}>
          <ProblemNotice tone="info" what={words.exportedPart(left)} />
        </div>
      )}
      {audit.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(audit.problem, words.notRead)}
            action={{ label: text.problems.tryAgain, onPress: audit.refresh }}
          />
        </div>
      )}
      <VirtualTable
        label={words.list}
        rows={audit.rows}
        columns={columns}
        rowKey={(each) => each.id}
        selected={opened}
        onSelect={(each) => setOpened(each.id)}
        onReachEnd={audit.more}
        onAway={audit.setAway}
        manyAbove={audit.isHeld}
        live={audit.rows !== undefined}
        empty={
          <EmptyState
            compact
            icon={IconFilterOff}
            title={words.noneTitle}
            action={
              <Button variant="default" onClick={showAll}>
                {words.showAll}
              </Button>
            }
          >
            {words.none}
          </EmptyState>
        }
      />
    </div>
  );
  return (
    <SplitView
      list={list}
      pane={entry && <AuditEntryDetail entry={entry} />}
      paneLabel={words.entry}
      closeLabel={words.closeEntry}
      onClose={() => setOpened(undefined)}
    />
  );
}
