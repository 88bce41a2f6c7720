// The left half of the editor: which call is mapped from, its payload, and "See the JSON we got".
import { Button, NativeSelect } from '@mantine/core';
import { IconBraces, IconChevronsUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { CaptureSummary, PayloadNode, UnwrapStep } from '#contract';
import { formatBytes, formatClock } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import type { PlaceBadge } from '../payload/payload-tree.tsx';
import { type PayloadMode, PayloadViewer } from '../payload/payload-viewer.tsx';
import classes from './mapping-editor.module.css';

interface MappingPayloadProps {
  calls: readonly CaptureSummary[] | undefined;
  chosen: string | undefined;
  onChoose: (captureId: string) => void;
  onPick: (node: PayloadNode) => void;
  canPick: (node: PayloadNode) => boolean;
  badges: ReadonlyMap<string, PlaceBadge>;
  reveal: readonly (string | number)[] | undefined;
  /** Wrapped texts that the tree shows open. */
  unwrap: UnwrapStep[] | undefined;
  noCalls: ReactNode;
}

export function callLabel(call: CaptureSummary): string {
  const parts = [formatClock(new Date(call.receivedAt)), call.eventType, call.format, formatBytes(call.size)];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

export function MappingPayload(props: MappingPayloadProps) {
  const { calls, chosen } = props;
  const [mode, setMode] = useState<PayloadMode>('tree');
  if (calls?.length === 0) return <div className={classes.payload}>{props.noCalls}</div>;
  const newest = calls?.[0]?.id;
  const newer = calls?.findIndex((call) => call.id === chosen) ?? 0;
  const isListed = newer >= 0;
  const format = calls?.find((call) => call.id === chosen)?.format;
  // What came as a form was made into JSON; that is the pretty text. Of XML the pretty text is XML.
  const jsonMode = format === 'json' || format === 'ndjson' ? 'raw' : format === 'xml' ? 'mapped' : 'pretty';
  return (
    <div className={classes.payload}>
      <div className={classes.callBar}>
        <NativeSelect
          className={classes.callChoice}
          aria-label={text.mapping.callChoice}
          value={chosen ?? ''}
          onChange={(event) => props.onChoose(event.currentTarget.value)}
          data={[
            ...(isListed || chosen === undefined ? [] : [{ value: chosen, label: text.mapping.olderCall }]),
            ...(calls ?? []).map((call) => ({ value: call.id, label: callLabel(call) })),
          ]}
        />
        {newer > 0 && newest !== undefined && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconChevronsUp size={14} aria-hidden />}
            onClick={() => props.onChoose(newest)}
          >
            {text.mapping.newerCalls(newer)}
          </Button>
        )}
        <Button
          size="xs"
          variant={mode === 'tree' ? 'default' : 'light'}
          leftSection={<IconBraces size={14} aria-hidden />}
          disabled={chosen === undefined}
          aria-pressed={mode !== 'tree'}
          onClick={() => setMode(mode === 'tree' ? jsonMode : 'tree')}
        >
          {text.mapping.seeJson}
        </Button>
      </div>
      {chosen !== undefined && (
        <PayloadViewer
          captureId={chosen}
          mode={mode}
          onMode={setMode}
          onPick={props.onPick}
          canPick={props.canPick}
          badges={props.badges}
          reveal={props.reveal}
          unwrap={props.unwrap}
        />
      )}
    </div>
  );
}
