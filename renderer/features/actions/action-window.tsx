// The window of one action, new or saved: the form on the left, preview and trial on the right. Closing asks where something
// typed would be lost.
import { Button } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Action, CallOutput, DataSource } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { CloseQuestion } from '../../design/close-question.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { TaskWindow } from '../../design/task-window.tsx';
import { WindowHalves } from '../../design/window-halves.tsx';
import { text } from '../../text/en.ts';
import { draftOf } from './action-draft.ts';
import { ActionFields } from './action-fields.tsx';
import { ActionSide } from './action-side.tsx';
import classes from './actions.module.css';
import { DeleteAction } from './delete-action.tsx';
import { PasteCurl } from './paste-curl.tsx';
import { useActionForm } from './use-action-form.ts';

const words = text.actions;

export function ActionWindow({ source, action }: { source: DataSource; action: Action | undefined }) {
  const [, navigate] = useLocation();
  const form = useActionForm(source.id, action);
  const [asked, setAsked] = useState<'close' | 'curl'>();
  const [read, setRead] = useState<CallOutput<'actions.readCurl'>>();
  const connectionId = form.draft.connectionId ?? source.connections[0]?.id;
  const outgoing = useCall(
    'connections.outgoing',
    connectionId === undefined ? undefined : { id: connectionId },
  );
  const baseUrl = outgoing.data?.outgoing?.baseUrl;
  const leave = () => navigate(paths.dataSource(source.id, 'actions'));

  async function store() {
    if (await form.store()) leave();
  }

  return (
    <TaskWindow
      title={form.draft.name.trim() === '' ? words.new : form.draft.name}
      onClose={() => (form.changed ? setAsked('close') : leave())}
      footer={
        <div className={classes.foot}>
          {action && <DeleteAction action={action} onDeleted={leave} />}
          <span className={classes.gap} />
          <Button variant="default" onClick={() => (form.changed ? setAsked('close') : leave())}>
            {words.cancel}
          </Button>
          <Button loading={form.saving} onClick={() => void store()}>
            {action ? words.save : words.create}
          </Button>
        </div>
      }
    >
      <WindowHalves sideLabel={words.side} side={<ActionSide dataSourceId={source.id} form={form} />}>
        <div>
          <Button
            variant="default"
            leftSection={<IconTerminal2 size={16} aria-hidden />}
            onClick={() => setAsked('curl')}
          >
            {words.curl}
          </Button>
        </div>
        <FormNotices form={form} />
        {read && (
          <ProblemNotice
            tone={read.notes.length > 0 ? 'warn' : 'info'}
            what={words.filled}
            action={{ label: words.dismiss, onPress: () => setRead(undefined) }}
          >
            <ul className={classes.notes}>
              {read.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
              {read.baseUrl !== undefined && baseUrl !== undefined && !isSameBase(read.baseUrl, baseUrl) && (
                <li>{words.otherBase(read.baseUrl)}</li>
              )}
            </ul>
          </ProblemNotice>
        )}
        {outgoing.data && !outgoing.data.outgoing && connectionId !== undefined && (
          <ProblemNotice
            tone="warn"
            what={words.notConfigured}
            why={words.notConfiguredWhy}
            action={{
              label: words.configure,
              onPress: () => navigate(`${paths.connection(source.id, connectionId)}?tab=outgoing`),
            }}
          />
        )}
        <ActionFields source={source} form={form} />
      </WindowHalves>
      <PasteCurl
        dataSourceId={source.id}
        opened={asked === 'curl'}
        onClose={() => setAsked(undefined)}
        onRead={(answer) => {
          const { name, effect, connectionId: _, answerFields: __, ...parts } = draftOf(answer.action);
          const isNew = form.draft.name.trim() === '';
          form.edit({ ...parts, ...(isNew && { name, effect }) });
          setRead(answer);
          setAsked(undefined);
        }}
      />
      <CloseQuestion
        opened={asked === 'close'}
        why={words.closeWhy}
        onStay={() => setAsked(undefined)}
        onClose={() => {
          form.discard();
          leave();
        }}
      />
    </TaskWindow>
  );
}

function FormNotices({ form }: { form: ReturnType<typeof useActionForm> }) {
  const show = (notice: HTMLDivElement | null) => notice?.scrollIntoView({ block: 'nearest' });
  if (form.problem) {
    return (
      <div ref={show}>
        <ProblemNotice {...problemWords(form.problem, words.notSaved)} />
      </div>
    );
  }
  if (form.isFaulty) {
    return (
      <div ref={show}>
        <ProblemNotice what={words.faults} />
      </div>
    );
  }
  if (!form.wasKept) return null;
  return (
    <ProblemNotice
      tone="info"
      what={words.restored}
      action={{ label: words.discard, onPress: form.discard }}
    />
  );
}

function isSameBase(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}
