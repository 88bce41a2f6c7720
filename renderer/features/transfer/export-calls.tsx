// "Export calls": which, in which format, what is masked; then how far it is.
import {
  Button,
  Group,
  Modal,
  Progress,
  Radio,
  SegmentedControl,
  Stack,
  Switch,
  Textarea,
} from '@mantine/core';
import { useState } from 'react';
import type { CallInput, CaptureFileFormat } from '#contract';
import { useClient } from '../../api/use-client.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { useExport } from '../../host/use-export.ts';
import { text } from '../../text/en.ts';
import classes from './transfer.module.css';

const words = text.transfer;
const formats: readonly CaptureFileFormat[] = ['har', 'ndjson', 'json', 'csv'];

export interface CallsInSight {
  /** Ids of the selected calls. */
  selected: readonly string[];
  /** The search that is typed, and the source whose calls are listed. */
  query?: string | undefined;
  dataSourceId?: string | undefined;
}

interface ExportCallsProps extends CallsInSight {
  opened: boolean;
  onClose: () => void;
}

export function ExportCalls({ opened, onClose, ...inSight }: ExportCallsProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.exportTitle}
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      {opened && <ExportForm {...inSight} onClose={onClose} />}
    </Modal>
  );
}

type Scope = 'selected' | 'found' | 'source' | 'everything';

function scopesOf({ selected, query, dataSourceId }: CallsInSight): Scope[] {
  return [
    ...(selected.length > 0 ? (['selected'] as const) : []),
    ...(query?.trim() ? (['found'] as const) : []),
    dataSourceId === undefined ? 'everything' : 'source',
  ];
}

function choiceOf(scope: Scope, { selected, query, dataSourceId }: CallsInSight) {
  if (scope === 'selected') return { ids: [...selected] };
  return {
    ...(dataSourceId === undefined ? {} : { dataSourceId }),
    ...(scope === 'found' && query ? { query } : {}),
  };
}

function ExportForm({ onClose, ...inSight }: CallsInSight & { onClose: () => void }) {
  const scopes = scopesOf(inSight);
  const [scope, setScope] = useState<Scope>(scopes[0] ?? 'everything');
  const [format, setFormat] = useState<CaptureFileFormat>('har');
  const [isMasked, setMasked] = useState(true);
  const [paths, setPaths] = useState('');
  const client = useClient();
  const calls = useExport('captures');
  const state = calls.news?.state;
  const labels: Record<Scope, string> = {
    selected: words.selected(inSight.selected.length),
    found: words.found,
    source: words.ofSource,
    everything: words.everything,
  };

  function start() {
    const maskPaths = paths
      .split('\n')
      .map((path) => path.trim())
      .filter((path) => path !== '');
    const input: CallInput<'captures.download'> = {
      format,
      ...choiceOf(scope, inSight),
      ...(isMasked ? {} : { unmasked: true }),
      ...(isMasked && maskPaths.length > 0 ? { maskPaths } : {}),
    };
    void calls.start(() => client.call('captures.download', input));
  }

  if (state !== undefined && state !== 'failed') {
    return (
      <Stack gap="lg">
        <p className={classes.words} role="status">
          {state === 'running'
            ? words.exporting(calls.news?.done ?? 0, calls.news?.total ?? 0)
            : state === 'done'
              ? words.exported(calls.news?.done ?? 0, calls.fileName ?? '')
              : words.stopped}
        </p>
        {state === 'running' && (
          <Progress
            value={calls.news && calls.news.total > 0 ? (calls.news.done / calls.news.total) * 100 : 100}
            animated={calls.news?.total === 0}
            aria-label={words.progress}
          />
        )}
        <Group justify="flex-end">
          {state === 'running' ? (
            <Button variant="default" onClick={calls.cancel}>
              {words.stop}
            </Button>
          ) : (
            <Button onClick={onClose} data-autofocus>
              {words.close}
            </Button>
          )}
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="lg">
      <Radio.Group label={words.which} value={scope} onChange={(value) => setScope(value as Scope)}>
        <Stack gap="xs" mt="xs">
          {scopes.map((each) => (
            <Radio key={each} value={each} label={labels[each]} />
          ))}
        </Stack>
      </Radio.Group>
      <div className={classes.format}>
        <span className={classes.label} id="export-format">
          {words.format}
        </span>
        <SegmentedControl
          value={format}
          onChange={(value) => setFormat(value as CaptureFileFormat)}
          data={formats.map((value) => ({ value, label: words.formats[value] }))}
          aria-labelledby="export-format"
          fullWidth
        />
        <p className={classes.hint}>{words.formatAbout[format]}</p>
      </div>
      <Switch
        checked={isMasked}
        onChange={(event) => setMasked(event.currentTarget.checked)}
        label={words.mask}
        description={words.maskAbout}
      />
      {isMasked ? (
        <Textarea
          label={words.maskPaths}
          description={words.maskPathsAbout}
          placeholder="data.email"
          value={paths}
          onChange={(event) => setPaths(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={6}
          spellCheck={false}
          classNames={{ input: classes.code }}
        />
      ) : (
        <p className={classes.warning} role="alert">
          {words.unmaskedWarning}
        </p>
      )}
      {(calls.problem || state === 'failed') && (
        <ProblemNotice
          {...(calls.problem
            ? problemWords(calls.problem, words.notExported)
            : { what: words.notExported, why: calls.news?.message ?? '' })}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button onClick={start}>{words.exportAction}</Button>
      </Group>
    </Stack>
  );
}
