// "Import calls": a file is chosen or dropped, checked whole, shown, and taken in.
import { Button, Group, Modal, Progress, Select, Stack } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './transfer.module.css';
import { useCallsImport } from './use-calls-import.ts';

const words = text.transfer;
const endings = '.har,.ndjson,.jsonl,.json';
const sourcesShown = 5;

interface ImportCallsProps {
  opened: boolean;
  onClose: () => void;
  /** Chosen at first, where the calls of one source are listed. */
  dataSourceId?: string | undefined;
}

export function ImportCalls({ opened, onClose, dataSourceId }: ImportCallsProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.importTitle}
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      {opened && <ImportForm onClose={onClose} dataSourceId={dataSourceId} />}
    </Modal>
  );
}

function ImportForm({ onClose, dataSourceId }: Omit<ImportCallsProps, 'opened'>) {
  const calls = useCallsImport();
  const { phase, file, progress, problem } = calls;
  const [into, setInto] = useState(dataSourceId ?? '');
  const sources = useCall('dataSources.list', {}).data?.dataSources ?? [];
  const [, navigate] = useLocation();

  function show() {
    const [only, ...others] = calls.taken?.dataSourceIds ?? [];
    onClose();
    if (only !== undefined && others.length === 0) navigate(paths.dataSource(only, 'captures'));
    else navigate(paths.enterpriseComponents);
  }

  return (
    <Stack gap="lg">
      {problem && <ProblemNotice {...problemWords(problem, words.notTaken)} />}
      {phase === 'choose' && <ChooseFile onChosen={(chosen) => void calls.send(chosen)} />}
      {phase !== 'choose' && file && (
        <h3 className={classes.name}>
          <PayloadText text={file.fileName} />
        </h3>
      )}
      {(phase === 'sending' || phase === 'checking' || phase === 'taking') && (
        <>
          <p className={classes.words} role="status">
            {phase === 'taking' ? words.taking(progress?.done ?? 0, progress?.total ?? 0) : words[phase]}
          </p>
          <Progress
            value={progress && progress.total > 0 ? (progress.done / progress.total) * 100 : 100}
            animated={progress === undefined}
            aria-label={words.importProgress}
          />
        </>
      )}
      {phase === 'ready' && file?.content && (
        <>
          <div role="status">
            <p className={classes.words}>{words.holds(file.content.calls)}</p>
            <ul className={classes.sources}>
              {file.content.sources.slice(0, sourcesShown).map(({ name, calls: count }) => (
                <li key={name}>
                  <PayloadText text={words.sourceLine(name, count)} />
                </li>
              ))}
            </ul>
            {file.content.masked > 0 && (
              <p className={classes.hint}>{words.holdsMasked(file.content.masked)}</p>
            )}
          </div>
          <Select
            label={words.into}
            description={words.intoAbout}
            value={into}
            onChange={(value) => setInto(value ?? '')}
            data={[
              { value: '', label: words.intoNew },
              ...sources
                .filter(({ entry }) => entry !== 'manual')
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            allowDeselect={false}
            searchable
          />
        </>
      )}
      {phase === 'taken' && (
        <p className={classes.words} role="status">
          {words.taken(calls.taken?.calls ?? 0)}
        </p>
      )}
      <Group justify="flex-end">
        {phase === 'choose' ? (
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
        ) : phase === 'taken' ? (
          <>
            <Button variant="default" onClick={onClose}>
              {words.close}
            </Button>
            <Button onClick={show}>{words.show}</Button>
          </>
        ) : (
          <>
            <Button variant="default" onClick={calls.again}>
              {phase === 'ready' ? words.another : words.cancel}
            </Button>
            {phase === 'ready' && (
              <Button onClick={() => void calls.take(into === '' ? undefined : into)}>{words.take}</Button>
            )}
          </>
        )}
      </Group>
    </Stack>
  );
}

function ChooseFile({ onChosen }: { onChosen: (file: File) => void }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <p className={classes.words}>{words.importAbout}</p>
      <section
        className={classes.target}
        aria-label={words.dropHere}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const [dropped] = event.dataTransfer.files;
          if (dropped) onChosen(dropped);
        }}
      >
        <IconFileUpload size={32} stroke={1.5} aria-hidden />
        <p className={classes.words}>{words.dropHere}</p>
        <Button onClick={() => chooser.current?.click()} data-autofocus>
          {words.choose}
        </Button>
        <input
          ref={chooser}
          className={classes.input}
          type="file"
          accept={endings}
          aria-label={words.file}
          tabIndex={-1}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (chosen) onChosen(chosen);
          }}
        />
      </section>
    </>
  );
}
