// One received call: what it was, how it was answered, why it was refused, its body and its headers.
import { Button, SegmentedControl } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link } from 'wouter';
import { type Capture, writeValue } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { DetailPending, Fact, Facts } from '../../design/detail-pane.tsx';
import { formatAbsolute, formatBytes } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { PayloadViewer } from '../payload/payload-viewer.tsx';
import { SaveAsSample } from '../replay/save-as-sample.tsx';
import { useReplay } from '../replay/use-replay.ts';
import { FoundNotice } from '../verification/found-notice.tsx';
import { VerdictBadge } from '../verification/verdict-badge.tsx';
import { AnswerTime } from './answer-time.tsx';
import classes from './capture-detail.module.css';
import { CaptureMarks, PinButton } from './capture-marks.tsx';
import { hadAnswer, OriginValue } from './capture-origin.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { FilterValue } from './filter-value.tsx';
import { HexView } from './hex-view.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import { rejectionWords } from './rejection-words.ts';
import { RelatedView } from './related-view.tsx';
import { useSteadyCapture } from './use-steady-capture.ts';

interface CaptureDetailProps {
  captureId: string;
  /** By id, where calls of several data sources stand side by side: the pane says whose call it is. */
  sourceNames?: ReadonlyMap<string, string> | undefined;
}

type Part = 'body' | 'hex' | 'headers' | 'query' | 'related';

/** How long the application of a data source waits for an answer. */
function useAnswerLimit(dataSourceId: string | undefined): number | undefined {
  const source = useCall('dataSources.get', dataSourceId === undefined ? undefined : { id: dataSourceId });
  const id = source.data?.dataSource.applicationId;
  return useCall('applications.get', id === undefined ? undefined : { id }).data?.application.answerLimit?.ms;
}

/** Stays mounted while the chosen call changes; the chosen part stays, too, so that one part of many calls can be gone through. */
export function CaptureDetail({ captureId, sourceNames }: CaptureDetailProps) {
  const [part, setPart] = useState<Part>('body');
  const { shown, isChanging } = useSteadyCapture(captureId, part === 'body');
  const { data, problem, refetch } = useCall('captures.get', { id: shown });
  const limitMs = useAnswerLimit(data?.capture.dataSourceId);
  useEvent('captures.marked', ({ ids }) => {
    if (ids.includes(shown)) refetch();
  });
  // Opened in the moment before its answer time was there.
  useEvent('captures.received', ({ ids }) => {
    if (ids.includes(shown)) refetch();
  });
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === data?.capture.dataSourceId && data.capture.indexState === 'waiting') refetch();
  });
  if (!data) {
    return <DetailPending problem={problem} what={text.captures.notShown} onRetry={refetch} />;
  }
  const { capture } = data;
  const shownPart = part === 'query' && capture.query === '' ? 'body' : part;
  return (
    <article className={classes.detail} aria-label={text.captures.detail} aria-busy={isChanging}>
      <Head
        capture={capture}
        sourceName={sourceNames?.get(capture.dataSourceId)}
        limitMs={limitMs}
        part={shownPart}
        onPart={setPart}
      />
      <PartView capture={capture} part={shownPart} />
    </article>
  );
}

interface HeadProps {
  capture: Capture;
  sourceName: string | undefined;
  limitMs: number | undefined;
  part: Part;
  onPart: (part: Part) => void;
}

const Head = memo(function Head({ capture, sourceName, limitMs, part, onPart }: HeadProps) {
  const replay = useReplay();
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <FilterValue term={`status:${capture.outcome}`}>
          <OutcomeBadge outcome={capture.outcome} />
        </FilterValue>
        <FilterValue term={`method:${capture.method.toLowerCase()}`}>
          <strong className={classes.method}>{capture.method}</strong>
        </FilterValue>
        {hadAnswer(capture) && (
          <FilterValue term={`status:${capture.status}`}>
            <span className={classes.status}>{text.captures.status(capture.status)}</span>
          </FilterValue>
        )}
        <AnswerTime ms={capture.answeredInMs} limitMs={limitMs} isDue={hadAnswer(capture)} />
        <span className={classes.actions}>
          <PinButton capture={capture} />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRepeat size={14} aria-hidden />}
            onClick={() => replay.editAndReplay(capture.id)}
          >
            {text.captures.selection.replay}
          </Button>
          <CopyMenu captureId={capture.id} />
          <SaveAsSample captureId={capture.id} />
        </span>
      </div>
      <Facts>
        {sourceName !== undefined && (
          <Fact name={text.captures.source}>
            <Link className={classes.source} href={paths.dataSource(capture.dataSourceId)}>
              <PayloadText text={sourceName} />
            </Link>
          </Fact>
        )}
        <Fact name={text.captures.received}>{formatAbsolute(new Date(capture.receivedAt))}</Fact>
        {capture.origin !== 'call' && (
          <Fact name={text.captures.origin.fact}>
            <OriginValue origin={capture.origin} capture={capture} />
          </Fact>
        )}
        <Fact name={text.captures.contentType}>
          {capture.contentType === undefined ? (
            text.captures.noContentType
          ) : (
            <FilterValue term={`type:${writeValue(capture.contentType)}`}>
              <code>
                <PayloadText text={capture.contentType} />
              </code>
            </FilterValue>
          )}
        </Fact>
        <Fact name={text.captures.size}>{formatBytes(capture.size)}</Fact>
        {capture.eventType !== undefined && (
          <Fact name={text.captures.event}>
            <FilterValue term={`event:${writeValue(capture.eventType)}`}>
              <PayloadText text={capture.eventType} />
            </FilterValue>
          </Fact>
        )}
        {capture.indexState !== 'none' && (
          <Fact name={text.captures.items}>
            {text.captures.itemsMade(capture.indexState, capture.itemCount)}
          </Fact>
        )}
        {capture.verification && (
          <Fact name={text.captures.verification}>
            <VerdictBadge verification={capture.verification} />{' '}
            {!capture.rejection && capture.verification.result !== 'valid' && capture.verification.reason}
          </Fact>
        )}
      </Facts>
      {capture.found && <FoundNotice found={capture.found} />}
      {capture.rejection && (
        <ProblemNotice
          what={text.captures.refusedWith(capture.status)}
          why={rejectionWords(capture.rejection)}
        />
      )}
      {capture.notes.length > 0 && (
        <ul className={classes.notes} aria-label={text.captures.notes}>
          {[...new Set(capture.notes)].map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <CaptureMarks key={capture.id} capture={capture} />
      <SegmentedControl
        className={classes.parts}
        aria-label={text.captures.part}
        value={part}
        onChange={(value) => onPart(value as Part)}
        data={[
          { value: 'body', label: text.captures.body },
          { value: 'hex', label: text.captures.hex.part },
          { value: 'headers', label: text.captures.headers(capture.headers.length) },
          ...(capture.query === '' ? [] : [{ value: 'query', label: text.captures.query }]),
          { value: 'related', label: text.captures.related.part },
        ]}
      />
    </header>
  );
});

const PartView = memo(function PartView({ capture, part }: { capture: Capture; part: Part }) {
  switch (part) {
    case 'body':
      return (
        <PayloadViewer
          captureId={capture.id}
          startMode="pretty"
          fault={capture.rejection?.at}
          sentSize={capture.size}
        />
      );
    case 'hex':
      return <HexView key={capture.id} captureId={capture.id} sentSize={capture.size} />;
    case 'related':
      return <RelatedView key={capture.id} capture={capture} />;
    case 'query':
      return <Pairs key={capture.id} label={text.captures.query} rows={queryPairs(capture.query)} />;
    case 'headers':
      return (
        <Pairs
          key={capture.id}
          label={text.captures.headersLabel}
          rows={[
            [text.captures.path, `${capture.path}${capture.query === '' ? '' : `?${capture.query}`}`],
            ...capture.headers,
          ]}
          termOf={(name, value) =>
            value === ''
              ? `header:${name.toLowerCase()}`
              : `header:${name.toLowerCase()}=${writeValue(value)}`
          }
        />
      );
  }
});

/** A list that scrolls must be reachable by keyboard. */
const scrollRegion = (label: string) => ({ role: 'region', tabIndex: 0, 'aria-label': label }) as const;

/** Names and values in order; the first row of the headers is the path, which is no header. */
function Pairs({
  label,
  rows,
  termOf,
}: {
  label: string;
  rows: readonly (readonly [string, string])[];
  termOf?: (name: string, value: string) => string;
}) {
  return (
    <div className={classes.headers} {...scrollRegion(label)}>
      <dl className={classes.headerList}>
        {rows.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was received never changes its order
          <div key={at} className={classes.header}>
            <dt>
              <PayloadText text={name} />
            </dt>
            <dd>
              {termOf && at > 0 ? (
                <FilterValue term={termOf(name, value)}>
                  <PayloadText text={value} />
                </FilterValue>
              ) : (
                <PayloadText text={value} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function queryPairs(query: string): [string, string][] {
  return [...new URLSearchParams(query)];
}
