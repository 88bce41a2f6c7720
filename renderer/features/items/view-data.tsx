// View Data: the items of a data source as a table; one of them in full beside it.
import { Button } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useLocation, useSearchParams } from 'wouter';
import type { DataSource, Item } from '#contract';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatCount } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { SplitView } from '../../design/split-view.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { FieldValue } from './field-value.tsx';
import { ItemDetail } from './item-detail.tsx';
import { useItems } from './use-items.ts';
import classes from './view-data.module.css';

const mostColumns = 8;

/** The fields that the shown items have, in their order, as columns. */
function fieldColumns(items: readonly Item[]): VirtualColumn<Item>[] {
  const names = new Set(items.flatMap((item) => Object.keys(item.fields)));
  return [...names].slice(0, mostColumns).map((name, index) => ({
    key: `field ${name}`,
    header: name,
    width: 'minmax(6rem, 1fr)',
    hideBelow: 560 + index * 120,
    cell: (item) => <FieldValue value={Object.hasOwn(item.fields, name) ? item.fields[name] : undefined} />,
  }));
}

function columnsFor(items: readonly Item[]): VirtualColumn<Item>[] {
  return [
    {
      key: 'id',
      header: text.items.id,
      width: 'minmax(4rem, 1fr)',
      cell: (item) => (
        <code className={classes.id}>
          <PayloadText text={item.externalId} />
        </code>
      ),
    },
    {
      key: 'title',
      header: text.items.title,
      width: 'minmax(5rem, 2fr)',
      cell: (item) => (
        <span className={classes.title}>
          <PayloadText text={item.title} />
        </span>
      ),
    },
    ...fieldColumns(items),
    {
      key: 'version',
      header: text.items.version,
      width: 'minmax(4rem, 0.4fr)',
      align: 'end',
      hideBelow: 480,
      cell: (item) => formatCount(item.version),
    },
    {
      key: 'updated',
      header: text.items.updated,
      width: 'minmax(6.5rem, 0.7fr)',
      align: 'end',
      cell: (item) => <RelativeTime at={item.updatedAt} />,
    },
  ];
}

export function ViewData({ source }: { source: DataSource }) {
  const items = useItems(source.id);
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('item') ?? undefined;
  const choose = (id: string | undefined) =>
    setSearch(id === undefined ? {} : { item: id }, { replace: true });
  return (
    <div className={classes.section}>
      {items.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(items.problem, text.items.notRead)}
            action={{ label: text.problems.tryAgain, onPress: items.refresh }}
          />
        </div>
      )}
      <SplitView
        paneLabel={text.items.item}
        closeLabel={text.items.closeItem}
        onClose={() => choose(undefined)}
        pane={
          chosen === undefined ? undefined : (
            <ItemDetail key={chosen} itemId={chosen} dataSourceId={source.id} />
          )
        }
        list={
          <VirtualTable
            label={text.items.list}
            rows={items.rows}
            columns={columnsFor(items.rows ?? [])}
            rowKey={(item) => item.id}
            live={items.rows !== undefined}
            selected={chosen}
            onSelect={(item) => choose(item.id)}
            onReachEnd={items.more}
            empty={<NoItems source={source} />}
          />
        }
      />
    </div>
  );
}

function NoItems({ source }: { source: DataSource }) {
  const [, navigate] = useLocation();
  const { counts, hasMapping } = source;
  const accepted = counts.captures - counts.rejected - counts.handshakes;
  const words = accepted <= 0 ? text.items.noCalls : hasMapping ? text.items.noIds : text.items.noMapping;
  const target = accepted <= 0 ? paths.setUp(source.id) : paths.dataSource(source.id, 'inbound-webhook');
  return (
    <EmptyState
      icon={IconDatabase}
      title={text.items.emptyTitle}
      action={<Button onClick={() => navigate(target)}>{words.action}</Button>}
    >
      {words.about}
    </EmptyState>
  );
}
