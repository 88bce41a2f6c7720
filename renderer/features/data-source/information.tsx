// Information: name, description and notes to change; the facts of the data source to read and copy; its care.
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Application, DataSource } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { CodeLine } from '../../design/code-line.tsx';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import { ExportSource } from '../transfer/export-source.tsx';
import classes from './information.module.css';
import { SourceCare } from './source-care.tsx';

const words = text.information;

interface InformationProps {
  source: DataSource;
  application: Application | undefined;
}

export function Information({ source, application }: InformationProps) {
  const [connection] = source.connections;
  return (
    <div className={classes.screen}>
      <Panel title={words.title}>
        <InformationForm source={source} />
      </Panel>
      <Panel title={words.facts}>
        <dl className={classes.facts}>
          <dt>{words.application}</dt>
          <dd className={classes.application}>
            <BrandIcon icon={source.icon} name={source.applicationName ?? source.name} size={20} />
            {source.applicationName ?? words.noApplication}
          </dd>
          <dt>{words.kind}</dt>
          <dd>{source.entry === 'manual' ? text.manual.kind : words.kinds[source.kind]}</dd>
          <dt>{words.created}</dt>
          <dd>
            <RelativeTime at={source.createdAt} />
          </dd>
          <dt>{words.id}</dt>
          <dd>
            <CodeLine value={source.id} copyLabel={words.copyId} />
          </dd>
          {connection && source.entry !== 'manual' && (
            <>
              <dt>{words.connectionId}</dt>
              <dd>
                <CodeLine value={connection.id} copyLabel={words.copyConnectionId} />
              </dd>
            </>
          )}
        </dl>
      </Panel>
      <Panel title={text.transfer.sourceTitle}>
        <ExportSource dataSourceId={source.id} />
      </Panel>
      <Panel title={words.care}>
        <SourceCare source={source} application={application} />
      </Panel>
    </div>
  );
}

function InformationForm({ source }: { source: DataSource }) {
  const saved = { name: source.name, description: source.description, notes: source.notes ?? '' };
  const [edited, setEdited] = useState<Partial<typeof saved>>({});
  const update = useAction('dataSources.update');
  const shown = { ...saved, ...edited };
  const isMissing = shown.name.trim() === '';
  const isChanged =
    shown.name.trim() !== saved.name ||
    shown.description.trim() !== saved.description ||
    shown.notes !== saved.notes;
  const at = (path: keyof typeof saved) => problemAt(update.problem, path);

  async function save() {
    if (isMissing) return false;
    const answer = await update.run({ id: source.id, ...shown });
    if (!answer) return false;
    setEdited({});
    return true;
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void save();
      }}
    >
      <TextInput
        label={words.name}
        description={words.nameAbout}
        value={shown.name}
        maxLength={120}
        error={isMissing ? words.nameMissing : at('name')}
        onChange={({ currentTarget: { value } }) => setEdited((before) => ({ ...before, name: value }))}
      />
      <TextInput
        label={words.description}
        description={words.descriptionAbout}
        value={shown.description}
        maxLength={500}
        error={at('description')}
        onChange={({ currentTarget: { value } }) =>
          setEdited((before) => ({ ...before, description: value }))
        }
      />
      <Textarea
        label={words.notes}
        description={words.notesAbout}
        value={shown.notes}
        maxLength={20_000}
        rows={6}
        error={at('notes')}
        onChange={({ currentTarget: { value } }) => setEdited((before) => ({ ...before, notes: value }))}
      />
      {update.problem && update.problem.path === undefined && (
        <ProblemNotice {...problemWords(update.problem, words.notSaved)} />
      )}
      <Group justify="flex-end">
        {isChanged && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              setEdited({});
              update.clear();
            }}
          >
            {words.discard}
          </Button>
        )}
        <ActionButton disabled={!isChanged || isMissing} onPress={save}>
          {words.save}
        </ActionButton>
      </Group>
    </form>
  );
}
