// The library of samples: fired by a press, edited, deleted with undo.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { CallDraft, Sample, SampleDetail } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatBytes } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { offerUndo } from '../solutions/offer-undo.tsx';
import { CallEditor } from './call-editor.tsx';
import { editedFrom, editOf } from './replay-draft.ts';
import classes from './replay-screen.module.css';

const words = text.samples;

export function SamplesPanel() {
  const { data, problem, refetch } = useCall('samples.list', {});
  const sources = useCall('dataSources.list', {});
  useEvent('samples.changed', refetch);
  const client = useClient();
  const [, navigate] = useLocation();
  const [edited, setEdited] = useState<string>();
  const fire = useAction('samples.fire');
  const remove = useAction('samples.delete');
  const nameOf = (id: string) => sources.data?.dataSources.find((each) => each.id === id)?.name ?? '';
  const failed = fire.problem ?? remove.problem;

  async function fireOne({ dataSourceId, name }: Sample) {
    const answer = await fire.run({ dataSourceId, name });
    if (answer) navigate(paths.replayJob(answer.job.id));
  }
  async function deleteOne({ id, name }: Sample) {
    const answer = await remove.run({ id });
    if (!answer) return;
    offerUndo({
      id: `sample-${id}`,
      title: words.deleted(name),
      undoUntil: answer.undoUntil,
      restored: words.restored(name),
      undo: () => client.call('samples.restore', { id }),
    });
  }

  const columns: VirtualColumn<Sample>[] = [
    { key: 'name', header: words.name, width: 'minmax(8rem, 2fr)', cell: (row) => row.name },
    {
      key: 'source',
      header: words.source,
      width: 'minmax(7rem, 1.4fr)',
      hideBelow: 560,
      cell: (row) => nameOf(row.dataSourceId),
    },
    {
      key: 'size',
      header: words.size,
      width: 'minmax(4rem, 0.5fr)',
      align: 'end',
      hideBelow: 640,
      cell: (row) => formatBytes(row.size),
    },
    {
      key: 'changed',
      header: words.changed,
      width: 'minmax(6rem, 0.8fr)',
      align: 'end',
      hideBelow: 720,
      cell: (row) => <RelativeTime at={row.updatedAt} />,
    },
    {
      key: 'actions',
      header: words.actions,
      width: 'minmax(12rem, 1fr)',
      align: 'end',
      cell: (row) => (
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          <Button size="compact-xs" onClick={() => void fireOne(row)}>
            {words.fire}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setEdited(row.id)}>
            {words.edit}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => void deleteOne(row)}>
            {words.delete}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <>
      {(problem ?? failed) && (
        <div className={classes.notice}>
          {problem && <ProblemNotice {...problemWords(problem, words.notRead)} />}
          {failed && (
            <ProblemNotice {...problemWords(failed, fire.problem ? words.notFired : words.notDeleted)} />
          )}
        </div>
      )}
      <VirtualTable
        label={words.list}
        rows={data?.samples}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon={IconBookmark} title={words.emptyTitle}>
            {words.emptyAbout}
          </EmptyState>
        }
      />
      {edited !== undefined && <EditSample id={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

function EditSample({ id, onClose }: { id: string; onClose: () => void }) {
  const { data } = useCall('samples.get', { id });
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.editTitle}
      size="xl"
      closeButtonProps={{ 'aria-label': text.window.close }}
    >
      {data && <SampleForm key={data.sample.updatedAt} sample={data.sample} onClose={onClose} />}
    </Modal>
  );
}

/** A sample is edited as a call is. */
function draftOf(sample: SampleDetail): CallDraft {
  const { id, dataSourceId, method, query, headers, bodyText, contentType = '', size } = sample;
  return {
    captureId: id,
    dataSourceId,
    connectionId: '',
    method,
    query,
    headers,
    ...(bodyText === undefined ? { bodyFixed: words.bodyFixed } : { bodyText }),
    size,
    language: /json/.test(contentType) ? 'json' : /xml/.test(contentType) ? 'xml' : 'text',
    canSign: false,
    hasDeliveryId: false,
  };
}

function SampleForm({ sample, onClose }: { sample: SampleDetail; onClose: () => void }) {
  const [draft] = useState(() => draftOf(sample));
  const [name, setName] = useState(sample.name);
  const [edited, setEdited] = useState(() => editedFrom(draft));
  const update = useAction('samples.update');

  async function save() {
    const edit = editOf(draft, edited);
    const answer = await update.run({
      id: sample.id,
      ...(name !== sample.name && { name }),
      ...(edit && { edit }),
    });
    if (answer) onClose();
  }
  return (
    <Stack gap="md">
      <TextInput label={words.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <CallEditor draft={draft} edited={edited} onChange={setEdited} />
      {update.problem && <ProblemNotice {...problemWords(update.problem, words.notSaved)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button loading={update.running} onClick={() => void save()}>
          {words.save}
        </Button>
      </Group>
    </Stack>
  );
}
