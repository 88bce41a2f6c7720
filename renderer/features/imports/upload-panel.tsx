// "Upload current data": choose or drop a file, see what is in it, say how it is read, apply it, see the rows that failed; and what was
// uploaded before.
import { Button, Progress } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { FailedRows } from './failed-rows.tsx';
import { ImportHistory } from './import-history.tsx';
import { UploadOptions } from './upload-options.tsx';
import classes from './upload-panel.module.css';
import { UploadSample } from './upload-sample.tsx';
import { isUnderWay, type Upload, useUpload } from './use-upload.ts';

const words = text.imports;
const endings = '.csv,.tsv,.tab,.txt,.json,.ndjson,.jsonl,.xlsx,.xlsm';

export function UploadPanel({ dataSourceId, onMap }: { dataSourceId: string; onMap: () => void }) {
  const upload = useUpload(dataSourceId);
  const { record, problem, history } = upload;
  const [isOver, setIsOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !record) void upload.send(file);
  }

  return (
    <section
      className={classes.panel}
      aria-label={words.title}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {problem && <ProblemNotice {...problemWords(problem, words.failed)} />}
      {record ? (
        <CurrentUpload upload={upload} onMap={onMap} />
      ) : (
        <FileTarget upload={upload} isOver={isOver} />
      )}
      {history.problem && (
        <ProblemNotice
          {...problemWords(history.problem, words.historyNotRead)}
          action={{ label: text.problems.tryAgain, onPress: history.refetch }}
        />
      )}
      <ImportHistory
        imports={(history.data?.imports ?? []).filter(({ id }) => id !== record?.id)}
        onTakeUp={record ? undefined : upload.takeUp}
        onEnd={(id) => void upload.end(id)}
      />
    </section>
  );
}

function FileTarget({ upload, isOver }: { upload: Upload; isOver: boolean }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.target} data-over={isOver || undefined}>
      <IconFileUpload size={32} stroke={1.5} aria-hidden />
      <p className={classes.words}>{words.dropHere}</p>
      <Button onClick={() => chooser.current?.click()}>{words.choose}</Button>
      <input
        ref={chooser}
        className={classes.input}
        type="file"
        accept={endings}
        aria-label={words.file}
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void upload.send(file);
        }}
      />
    </div>
  );
}

function CurrentUpload({ upload, onMap }: { upload: Upload; onMap: () => void }) {
  const { record, progress } = upload;
  if (!record) return null;
  const { state, facts } = record;
  const isBusy = isUnderWay(state);
  // While it is read anew with other options, what was found before stays in its place.
  const isReadAnew = state === 'checking' && facts !== undefined;
  const canChoose = state === 'ready' || state === 'refused' || isReadAnew;
  return (
    <>
      <h3 className={classes.name}>
        <PayloadText text={record.fileName} />
      </h3>
      <p className={classes.words} role="status">
        {state === 'done'
          ? words.done(record.rows, record.failed)
          : state === 'ready' && facts
            ? words.found(facts.rows, facts.failed, facts.columns.length)
            : words.states[state]}
      </p>
      {record.problem !== undefined && !isBusy && (
        <ProblemNotice what={words.failed} why={<PayloadText text={record.problem} />} />
      )}
      {isBusy && (
        <Progress
          value={progress ? (progress.done / progress.total) * 100 : 0}
          aria-label={words.states[state]}
        />
      )}
      {canChoose && (
        <UploadOptions
          record={record}
          isBusy={isReadAnew}
          onChange={(options) => void upload.recheck(options)}
        />
      )}
      {facts?.notes.map((note) => (
        <p key={note} className={classes.words}>
          {note}
        </p>
      ))}
      {canChoose && facts && facts.sample.length > 0 && <UploadSample facts={facts} />}
      {state === 'ready' && <p className={classes.words}>{words.noModules}</p>}
      {state === 'done' && <FailedRows importId={record.id} />}
      <div className={classes.actions}>
        {state === 'ready' && <Button onClick={() => void upload.finish()}>{words.apply}</Button>}
        {state === 'done' && <Button onClick={onMap}>{words.map}</Button>}
        {state !== 'adding' && (
          <Button variant="default" onClick={() => void upload.cancel()}>
            {isBusy || state === 'ready' ? words.cancel : words.another}
          </Button>
        )}
      </div>
    </>
  );
}
