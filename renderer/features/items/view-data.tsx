// View Data: the items of a data source as a table of any size; searched, filtered, sorted, exported; one of them in full beside it.
import { Button, CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDatabase, IconFilterOff, IconSearch, IconTrash } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { DataSource, Item, ItemField } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { useKeptDraft } from '../../app/use-kept-draft.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { SplitView } from '../../design/split-view.tsx';
import { VirtualTable } from '../../design/virtual-table.tsx';
import { useExport } from '../../host/use-export.ts';
import { text } from '../../text/en.ts';
import { ItemActions, useDeleteSelected } from '../manual/item-actions.tsx';
import { draftOf, itemDraft } from '../manual/item-draft.ts';
import { ItemDrawer } from '../manual/item-drawer.tsx';
import { ItemButtons } from '../modules/item-buttons.tsx';
import { ColumnChoice } from './column-choice.tsx';
import { ExportMenu, ExportProgress } from './export-menu.tsx';
import {
  type ItemChoice,
  isNarrowed,
  itemSortOf,
  readChoice,
  tableSort,
  writeChoice,
} from './item-choice.ts';
import { allColumns, itemColumns, usualColumns } from './item-columns.tsx';
import { ItemDetail } from './item-detail.tsx';
import { ItemFilters } from './item-filters.tsx';

import { useItems } from './use-items.ts';
import { useSelection } from './use-selection.ts';
import classes from './view-data.module.css';

const searchAfterMs = 200;
const noFields: readonly ItemField[] = [];
const idOf = ({ id }: Item) => id;

export function ViewData({ source }: { source: DataSource }) {
  const [address, setAddress] = useSearchParams();
  const choice = readChoice(address);
  const chosen = address.get('item') ?? undefined;
  const change = (next: Partial<ItemChoice>) =>
    setAddress((before) => writeChoice(before, next), { replace: true });
  const choose = (id: string | undefined) =>
    setAddress(
      (before) => {
        if (id === undefined) before.delete('item');
        else before.set('item', id);
        return before;
      },
      { replace: true },
    );
  const items = useItems(source.id, choice);
  const selection = useSelection();
  const columns = useColumns(source.id);
  const exports = useExport('items');
  const isManual = source.entry === 'manual';
  const [draft, setDraft] = useKeptDraft(`item ${source.id}`, itemDraft);
  const [isKept, setIsKept] = useState(draft !== undefined);
  const openDrawer = (item: Item | undefined) => {
    setIsKept(false);
    setDraft(draftOf(item));
  };
  const shownColumns = JSON.stringify(columns.shown);
  const tableColumns = useMemo(
    () => itemColumns(JSON.parse(shownColumns) as string[], selection),
    [shownColumns, selection],
  );
  const deletion = useDeleteSelected(selection.ids, selection.clear);
  const problem = items.problem ?? columns.problem;

  return (
    <div className={classes.section}>
      <div className={classes.toolbar}>
        <SearchInput value={choice.search} onSearch={(search) => change({ search })} />
        <ItemFilters
          columns={columns.all}
          filters={choice.filters}
          onChange={(filters) => change({ filters })}
        />
        <span className={classes.count} aria-live="polite">
          {items.total && text.items.total(items.total.count, items.total.exact)}
          {selection.ids.length > 0 && (
            <Button
              size="xs"
              variant="subtle"
              aria-label={text.items.clearSelection}
              onClick={selection.clear}
            >
              {text.items.selected(selection.ids.length)} ×
            </Button>
          )}
        </span>
        {isManual && selection.ids.length > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={14} aria-hidden />}
            loading={deletion.running}
            onClick={() => void deletion.run()}
          >
            {text.manual.deleteSeveral(selection.ids.length)}
          </Button>
        )}
        <ColumnChoice
          columns={columns.all}
          shown={columns.shown}
          isChosen={columns.isChosen}
          onChange={columns.keep}
        />
        <ExportMenu dataSourceId={source.id} choice={choice} selected={selection.ids} exports={exports} />
        {isManual && (
          <Button size="xs" onClick={() => openDrawer(undefined)}>
            {text.manual.addItem}
          </Button>
        )}
      </div>
      <div className={classes.notices}>
        <ExportProgress exports={exports} />
        {items.unsearched !== undefined && items.unsearched > 0 && (
          <ProblemNotice tone="info" what={text.items.unsearched(items.unsearched)} />
        )}
        {deletion.problem && (
          <ProblemNotice {...problemWords(deletion.problem, text.manual.notDeletedSeveral)} />
        )}
        {problem && (
          <ProblemNotice
            {...problemWords(problem, text.items.notRead)}
            action={{ label: text.problems.tryAgain, onPress: items.refresh }}
          />
        )}
      </div>
      <SplitView
        paneLabel={text.items.item}
        closeLabel={text.items.closeItem}
        onClose={() => choose(undefined)}
        pane={
          chosen === undefined ? undefined : (
            <ItemDetail
              key={chosen}
              itemId={chosen}
              dataSourceId={source.id}
              actions={(item) => (
                <>
                  {isManual && (
                    <ItemActions
                      item={item}
                      onEdit={() => openDrawer(item)}
                      onDeleted={() => choose(undefined)}
                    />
                  )}
                  <ItemButtons item={item} />
                </>
              )}
            />
          )
        }
        list={
          <VirtualTable
            key={JSON.stringify(choice)}
            label={text.items.list}
            rows={items.rows}
            columns={tableColumns}
            rowKey={idOf}
            live={items.rows !== undefined && !isNarrowed(choice) && !choice.sort}
            selected={chosen}
            onSelect={(item) => choose(item.id)}
            onToggle={selection.toggle}
            sort={tableSort(choice.sort) ?? { key: 'updatedAt', direction: 'descending' }}
            onSort={(sort) => change({ sort: itemSortOf(sort) })}
            onReachEnd={items.more}
            onAway={items.setAway}
            manyAbove={items.isHeld}
            empty={
              isNarrowed(choice) ? (
                <EmptyState
                  compact
                  icon={IconFilterOff}
                  title={text.items.nothingFound}
                  action={
                    <Button variant="default" onClick={() => change({ search: '', filters: [] })}>
                      {text.items.showAllItems}
                    </Button>
                  }
                >
                  {text.items.nothingFoundWords}
                </EmptyState>
              ) : (
                <NoItems source={source} onAdd={() => openDrawer(undefined)} />
              )
            }
          />
        }
      />
      {isManual && draft && (
        <ItemDrawer
          dataSourceId={source.id}
          draft={draft}
          isKept={isKept}
          onDraft={setDraft}
          fields={columns.fields}
          onClose={() => setDraft(undefined)}
          onSaved={(item) => {
            setDraft(undefined);
            columns.refetch();
            choose(item.id);
          }}
        />
      )}
    </div>
  );
}

/** Types at once, searches when there is a pause. */
function SearchInput({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [wanted] = useDebouncedValue(typed, searchAfterMs);
  const search = useEffectEvent((words: string) => {
    if (words !== value) onSearch(words);
  });
  useEffect(() => search(wanted), [wanted]);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if (value === '') setTyped('');
  }
  return (
    <TextInput
      className={classes.search}
      aria-label={text.items.search}
      placeholder={text.items.search}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSearch(typed);
        if (event.key === 'Escape') setTyped('');
      }}
      rightSection={
        typed !== '' && (
          <CloseButton size="sm" aria-label={text.items.showAllItems} onClick={() => setTyped('')} />
        )
      }
    />
  );
}

function useColumns(dataSourceId: string) {
  const view = useCall('items.view', { dataSourceId }, { keepPrevious: true });
  const keeping = useAction('items.keepView');
  const fields = view.data?.fields ?? noFields;
  const all = allColumns(fields);
  // The choice shows at once, before the engine has kept it.
  const [own, setOwn] = useState<{ columns: string[] | undefined }>();
  const chosen = (own ? own.columns : view.data?.columns)?.filter((column) => all.includes(column));
  const isChosen = chosen !== undefined && chosen.length > 0;
  // A manual source gets its fields while it is looked at.
  useEvent('dataSources.changed', ({ id }) => {
    if (id === dataSourceId) view.refetch();
  });
  return {
    fields,
    refetch: view.refetch,
    all,
    shown: isChosen ? chosen : usualColumns(fields),
    isChosen,
    problem: view.problem ?? keeping.problem,
    async keep(columns: string[] | undefined) {
      setOwn({ columns });
      const kept = await keeping.run({ dataSourceId, ...(columns && { columns }) });
      if (!kept) setOwn(undefined);
      view.refetch();
    },
  };
}

function NoItems({ source, onAdd }: { source: DataSource; onAdd: () => void }) {
  const [, navigate] = useLocation();
  const { counts, hasMapping } = source;
  if (source.entry === 'manual') {
    return (
      <EmptyState
        icon={IconDatabase}
        title={text.items.emptyTitle}
        action={<Button onClick={onAdd}>{text.manual.addFirst}</Button>}
      >
        {text.manual.emptyAbout}
      </EmptyState>
    );
  }
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
