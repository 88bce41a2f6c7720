// "Upload current data": choose or drop a file, see what is in it, apply it, see the rows that failed.
import { Button, Progress } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef } from 'react';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './upload-panel.module.css';
import { UploadSample } from './upload-sample.tsx';
import { useUpload } from './use-upload.ts';

const words = text.imports;
const endings = '.csv,.tsv,.txt,.json,.ndjson,.jsonl,.xlsx,.xlsm';
const faultsShown = 100;

export function UploadPanel({ dataSourceId, onMap }: { dataSourceId: string; onMap: () => void }) {
  const upload = useUpload(dataSourceId);
  const { record, progress, problem } = upload;
  const chooser = useRef<HTMLInputElement>(null);
  const isBusy = record !== undefined && !['ready', 'refused', 'done', 'failed'].includes(record.state);

  function drop(event: DragEvent) {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file && !record) void upload.send(file);
  }

  return (
    <section
      className={classes.panel}
      aria-label={words.title}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      {problem && <ProblemNotice {...problemWords(problem, words.failed)} />}
      {!record && (
        <div className={classes.target}>
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
      )}
      {record && (
        <>
          <h3 className={classes.name}>
            <PayloadText text={record.fileName} />
          </h3>
          <p className={classes.words} role="status">
            {record.state === 'done'
              ? words.done(record.rows, record.failed)
              : record.state === 'ready' && record.facts
                ? words.found(record.facts.rows, record.facts.failed, record.facts.columns.length)
                : words.states[record.state]}
          </p>
          {isBusy && progress && (
            <Progress
              value={(progress.done / progress.total) * 100}
              aria-label={words.states[record.state]}
            />
          )}
          {record.facts?.notes.map((note) => (
            <p key={note} className={classes.words}>
              {note}
            </p>
          ))}
          {record.state === 'ready' && record.facts && <UploadSample facts={record.facts} />}
          {record.state === 'done' && <Faults importId={record.id} />}
          <div className={classes.actions}>
            {record.state === 'ready' && <Button onClick={() => void upload.finish()}>{words.apply}</Button>}
            {record.state === 'done' && <Button onClick={onMap}>{words.map}</Button>}
            {record.state !== 'adding' && (
              <Button variant="default" onClick={() => void upload.cancel()}>
                {isBusy || record.state === 'ready' ? words.cancel : words.another}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Faults({ importId }: { importId: string }) {
  const faults = useCall('imports.faults', { id: importId, limit: faultsShown });
  const list = faults.data?.faults ?? [];
  if (faults.problem) return <ProblemNotice {...problemWords(faults.problem, words.faultsNotRead)} />;
  if (list.length === 0) return null;
  return (
    <>
      <ul className={classes.faults} aria-label={words.faults}>
        {list.map(({ row, reason }) => (
          <li key={`${row} ${reason}`}>{words.fault(row, reason)}</li>
        ))}
      </ul>
      {faults.data?.next !== undefined && <p className={classes.words}>{words.moreFaults(faultsShown)}</p>}
    </>
  );
}
