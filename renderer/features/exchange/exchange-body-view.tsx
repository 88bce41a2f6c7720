// A body of an outbound call: as it went over the wire or laid out, with its size; bytes that are no text as hex.
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ExchangeBody } from '#contract';
import { CopyButton } from '../../design/copy-button.tsx';
import { formatBytes } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import { splitLines } from '../payload/find-in-lines.ts';
import { PayloadLines } from '../payload/payload-lines.tsx';
import classes from './exchange-view.module.css';
import { hexLines } from './hex-lines.ts';
import { prettyJson } from './pretty-json.ts';

const words = text.exchange;
const keptBytes = 65_536;
const mostLines = 18;

/** `side` names whose body it is, for the words. */
export function ExchangeBodyView({
  body,
  side,
}: {
  body: ExchangeBody | undefined;
  side: 'request' | 'answer';
}) {
  const [mode, setMode] = useState<'pretty' | 'raw'>('pretty');
  const pretty = useMemo(() => (body?.text === undefined ? undefined : prettyJson(body.text)), [body?.text]);
  const shown = body?.text === undefined ? undefined : mode === 'pretty' ? (pretty ?? body.text) : body.text;
  const lines = useMemo(
    () => (shown !== undefined ? splitLines(shown) : hexLines(body?.base64 ?? '')),
    [shown, body?.base64],
  );
  if (!body || body.size === 0) return <p className={classes.none}>{words.noBody}</p>;
  const rows: Record<string, string> = { '--exchange-lines': String(Math.min(mostLines, lines.length)) };
  const raw = side === 'request' ? words.requestRaw : words.answerRaw;
  return (
    <div className={classes.body}>
      <div className={classes.bodyHead}>
        <span className={classes.size}>{formatBytes(body.size)}</span>
        {pretty !== undefined && (
          <SegmentedControl
            size="xs"
            aria-label={words.shown}
            value={mode}
            onChange={(value) => setMode(value === 'raw' ? 'raw' : 'pretty')}
            data={[
              { value: 'pretty', label: words.pretty },
              { value: 'raw', label: raw },
            ]}
          />
        )}
        {shown !== undefined && <CopyButton value={shown} label={words.copyBody} />}
      </div>
      {(body.cut || body.text === undefined) && (
        <p className={classes.note}>
          {body.text === undefined && words.binary}{' '}
          {body.cut && words.cut(formatBytes(keptBytes), formatBytes(body.size))}
        </p>
      )}
      <div className={classes.lines} style={rows}>
        <PayloadLines
          key={mode}
          label={words.body}
          lines={lines}
          isJson={shown !== undefined && /^\s*[[{]/.test(shown)}
          wrap={shown !== undefined}
          matches={[]}
          currentMatch={undefined}
        />
      </div>
    </div>
  );
}
