// The dry run: what the module, as it stands in the builder, would have done for past items. Nothing is sent.
import { Button, NativeSelect, Progress } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DryRunItem } from '#contract';
import { paths } from '../../app/paths.ts';
import { DetailHead, DetailPane, DetailPart } from '../../design/detail-pane.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatCount } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { SplitView } from '../../design/split-view.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { PreparedView } from '../request-parts/prepared-view.tsx';
import { ConditionResults } from '../runs/condition-results.tsx';
import classes from './builder.module.css';
import dryClasses from './dry-run.module.css';
import type { ModuleDraft } from './module-draft.ts';
import { faultsOf, moduleInputOf, sameModule } from './module-input.ts';
import stepsClasses from './steps.module.css';
import { useDryRun } from './use-dry-run.ts';

const words = text.modules;
const choices = [20, 100, 500] as const;

interface DryRunProps {
  moduleId: string;
  solutionId: string;
  draft: ModuleDraft;
}

export function DryRun({ moduleId, solutionId, draft }: DryRunProps) {
  const [, navigate] = useLocation();
  const [last, setLast] = useState<number>(100);
  const [chosen, setChosen] = useState<string>();
  const run = useDryRun();
  const faults = Object.values(faultsOf(draft));
  const module = moduleInputOf(draft);
  const { result } = run;
  const item = result?.items.find(({ itemId }) => itemId === chosen);

  function start() {
    setChosen(undefined);
    run.start({ solutionId, module, last });
  }

  return (
    <div className={dryClasses.dryRun}>
      <div className={dryClasses.dryRunHead}>
        <p className={classes.muted}>{words.dryRunAbout}</p>
        <div className={`${classes.line} ${classes.middle}`}>
          <NativeSelect
            aria-label={words.dryRunLast}
            value={String(last)}
            data={choices.map((value) => ({
              value: String(value),
              label: `${words.dryRunLast}: ${formatCount(value)}`,
            }))}
            onChange={(event) => setLast(Number(event.currentTarget.value))}
          />
          {run.isRunning ? (
            <Button variant="default" onClick={run.cancel}>
              {words.dryRunCancel}
            </Button>
          ) : (
            <Button disabled={faults.length > 0} onClick={start}>
              {words.dryRunStart}
            </Button>
          )}
          <span role="status" className={classes.strong}>
            {run.isRunning
              ? run.progress
                ? words.dryRunProgress(run.progress.done, run.progress.total)
                : words.dryRunning
              : run.isCancelled
                ? words.dryRunCancelled
                : result && words.dryRunResult(result.looked, result.wouldRun)}
          </span>
        </div>
        {run.isRunning && (
          <Progress
            size="sm"
            aria-label={words.dryRunning}
            value={run.progress ? (100 * run.progress.done) / Math.max(1, run.progress.total) : 100}
            animated={!run.progress}
          />
        )}
        {faults.length > 0 && (
          <ProblemNotice
            tone="warn"
            what={words.mendFirst}
            why={faults[0]}
            action={{ label: words.openBuilder, onPress: () => navigate(paths.module(moduleId)) }}
          />
        )}
        {run.problem && <ProblemNotice {...problemWords(run.problem, words.dryRunFailed)} />}
        {result && run.module && !sameModule(run.module, module) && (
          <ProblemNotice tone="info" what={words.dryRunChanged} />
        )}
      </div>
      {result ? (
        <SplitView
          paneLabel={words.dryRunDetail}
          closeLabel={words.closeDryRunDetail}
          onClose={() => setChosen(undefined)}
          pane={item && <DryRunDetail item={item} />}
          list={
            <VirtualTable
              label={words.dryRunList}
              rows={result.items}
              columns={columns}
              rowKey={({ itemId }) => itemId}
              selected={chosen}
              onSelect={({ itemId }) => setChosen(itemId)}
              empty={
                <EmptyState compact icon={IconFlask} title={words.dryRunEmpty}>
                  {words.dryRunEmptyAbout}
                </EmptyState>
              }
            />
          }
        />
      ) : (
        !run.isRunning && (
          <EmptyState icon={IconFlask} title={words.dryRunStartTitle}>
            {words.dryRunStartAbout}
          </EmptyState>
        )
      )}
    </div>
  );
}

const columns: VirtualColumn<DryRunItem>[] = [
  {
    key: 'wouldRun',
    header: words.dryRunColumns.wouldRun,
    width: '96px',
    sortValue: ({ wouldRun }) => (wouldRun ? 0 : 1),
    cell: ({ wouldRun }) => (
      <StateBadge plain tone={wouldRun ? 'good' : 'idle'}>
        {wouldRun ? words.yes : words.no}
      </StateBadge>
    ),
  },
  {
    key: 'item',
    header: words.dryRunColumns.item,
    width: 'minmax(7rem, 1.4fr)',
    sortValue: ({ title }) => title,
    cell: ({ title }) => (
      <span className={classes.strong}>
        <PayloadText text={title} />
      </span>
    ),
  },
  {
    key: 'id',
    header: words.dryRunColumns.id,
    width: 'minmax(5rem, 0.8fr)',
    hideBelow: 620,
    cell: ({ externalId }) => (
      <code className={classes.code}>
        <PayloadText text={externalId} />
      </code>
    ),
  },
  {
    key: 'why',
    header: words.dryRunColumns.why,
    width: 'minmax(8rem, 2.4fr)',
    hideBelow: 460,
    cell: (row) => (
      <span className={classes.cut} title={row.text}>
        {row.text}
      </span>
    ),
  },
  {
    key: 'requests',
    header: words.dryRunColumns.requests,
    width: '84px',
    align: 'end',
    hideBelow: 540,
    sortValue: ({ requests }) => requests.length,
    cell: ({ requests }) => formatCount(requests.length),
  },
];

function DryRunDetail({ item }: { item: DryRunItem }) {
  return (
    <DetailPane label={words.dryRunDetail}>
      <DetailHead>
        <PayloadText text={item.title} />
      </DetailHead>
      <p className={dryClasses.paragraph}>{item.text}</p>
      <DetailPart title={text.runs.conditions}>
        <ConditionResults results={item.conditions} />
      </DetailPart>
      <DetailPart title={words.requests}>
        {item.requests.length === 0 ? (
          <p className={classes.muted}>{words.noRequests}</p>
        ) : (
          <ol className={stepsClasses.steps}>
            {item.requests.map(({ stepId, name, prepared }) => (
              <li key={stepId} className={stepsClasses.request}>
                <h4 className={classes.smallTitle}>
                  <PayloadText text={name} />
                </h4>
                <PreparedView prepared={prepared} />
              </li>
            ))}
          </ol>
        )}
      </DetailPart>
    </DetailPane>
  );
}
