// "Export": all items, those that fit, or the selected ones, as CSV, NDJSON or JSON; and how far it is.
import { ActionIcon, Button, Menu, Progress } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconX } from '@tabler/icons-react';
import type { ExportFormat } from '#contract';
import { useClient } from '../../api/use-client.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import type { Export } from '../../host/use-export.ts';
import { text } from '../../text/en.ts';
import { type ItemChoice, isNarrowed } from './item-choice.ts';

import classes from './view-data.module.css';

const formats: readonly ExportFormat[] = ['csv', 'ndjson', 'json'];

interface ExportMenuProps {
  dataSourceId: string;
  choice: ItemChoice;
  selected: readonly string[];
  exports: Export;
}

export function ExportMenu({ dataSourceId, choice, selected, exports }: ExportMenuProps) {
  const client = useClient();
  const { search, filters } = choice;
  const scopes = [
    ...(selected.length > 0
      ? [{ label: text.items.exportWhat.selected(selected.length), input: { ids: [...selected] } }]
      : []),
    ...(isNarrowed(choice)
      ? [{ label: text.items.exportWhat.filtered, input: { filters, ...(search.trim() && { search }) } }]
      : []),
    { label: text.items.exportWhat.all, input: {} },
  ];
  const isRunning = exports.news?.state === 'running';
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} disabled={isRunning}>
          {text.items.exports}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {scopes.map(({ label, input }) => [
          <Menu.Label key={label}>{label}</Menu.Label>,
          ...formats.map((format) => (
            <Menu.Item
              key={`${label} ${format}`}
              aria-label={`${label}, ${text.items.formats[format]}`}
              onClick={() =>
                void exports.start(() => client.call('items.download', { dataSourceId, format, ...input }))
              }
            >
              {text.items.formats[format]}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ExportProgress({ exports }: { exports: Export }) {
  const { news, problem } = exports;
  if (problem || news?.state === 'failed') {
    return (
      <ProblemNotice
        what={text.items.exportFailed}
        why={problem?.message ?? news?.message ?? text.items.exportFailedWhy}
        action={{ label: text.items.dismissExport, onPress: exports.clear }}
      />
    );
  }
  if (!news) return null;
  const isRunning = news.state === 'running';
  return (
    <div className={classes.export} role="status">
      {isRunning ? (
        <>
          <span>{text.items.exporting(news.done, news.total)}</span>
          <Progress
            className={classes.exportBar}
            value={news.total === 0 ? 0 : (news.done / news.total) * 100}
            aria-label={text.items.exports}
          />
          <Button size="xs" variant="default" onClick={exports.cancel}>
            {text.items.cancelExport}
          </Button>
        </>
      ) : (
        <>
          {news.state === 'done' && <IconCircleCheck className={classes.good} size={16} aria-hidden />}
          <span className={classes.exportWords}>
            {news.state === 'done'
              ? text.items.exported(news.done, exports.fileName ?? '')
              : text.items.exportCancelled}
          </span>
          <ActionIcon size="sm" aria-label={text.items.dismissExport} onClick={exports.clear}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
    </div>
  );
}
