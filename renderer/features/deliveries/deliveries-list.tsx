// A list of deliveries with its filters; the chosen one beside it. The filters stand in the address.
import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconFilterOff, IconSend } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { type DeliveryState, deliveryState } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatCompact } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { SplitView } from '../../design/split-view.tsx';
import { VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import classes from './deliveries.module.css';
import { deliveryColumns } from './delivery-columns.tsx';
import { DeliveryDetail } from './delivery-detail.tsx';
import { PausedDestinations } from './paused-destinations.tsx';
import { RetryManyDeliveries } from './retry-many-deliveries.tsx';
import { type DeliveryChoice, useDeliveries, useDeliveryCounts } from './use-deliveries.ts';

const words = text.deliveries;
type FilterKey = 'state' | 'destination' | 'module' | 'source';

interface DeliveriesListProps {
  /** Only calls to this data source. */
  dataSourceId?: string;
  /** Only calls of this module. */
  moduleId?: string;
  /** The screen over all shows what is paused in its head. */
  pausedShown?: boolean;
}

export function DeliveriesList({ dataSourceId, moduleId, pausedShown = false }: DeliveriesListProps) {
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const state = deliveryState.options.find((each) => each === search.get('state'));
  const choice: DeliveryChoice = {
    dataSourceId: dataSourceId ?? search.get('source') ?? undefined,
    moduleId: moduleId ?? search.get('module') ?? undefined,
    destination: search.get('destination') ?? undefined,
    state,
  };
  const { state: _, ...place } = choice;
  const chosen = search.get('delivery') ?? undefined;
  const deliveries = useDeliveries(choice);
  const counts = useDeliveryCounts(place).data;
  const here = useMemo(
    () => new Set(deliveries.rows?.map(({ destination }) => destination)),
    [deliveries.rows],
  );
  const isNarrowed = (['state', 'destination', 'module', 'source'] as const).some((key) => search.has(key));

  const change = (changes: Partial<Record<FilterKey | 'delivery', string | undefined>>) =>
    setSearch(
      (before) => {
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined) before.delete(key);
          else before.set(key, value);
        }
        return before;
      },
      { replace: true },
    );
  const showAll = () =>
    change({ state: undefined, destination: undefined, module: undefined, source: undefined });

  return (
    <div className={classes.section}>
      {!pausedShown && (
        <div className={classes.inSection}>
          <PausedDestinations only={here} />
        </div>
      )}
      <div className={classes.toolbar}>
        <SegmentedControl
          className={classes.states}
          aria-label={words.filter}
          value={state ?? 'all'}
          onChange={(value) => change({ state: value === 'all' ? undefined : value })}
          data={[
            { value: 'all', label: words.all },
            ...deliveryState.options.map((value) => ({ value, label: stateLabel(value, counts) })),
          ]}
        />
        {dataSourceId === undefined && moduleId === undefined && (
          <SourceFilter value={choice.dataSourceId} onChange={(source) => change({ source })} />
        )}
        {moduleId === undefined && (
          <ModuleFilter
            dataSourceId={choice.dataSourceId}
            value={choice.moduleId}
            onChange={(module) => change({ module })}
          />
        )}
        <DestinationFilter value={choice.destination} onChange={(destination) => change({ destination })} />
        <span className={classes.end}>
          {(counts?.failed ?? 0) > 0 && <RetryManyDeliveries choice={choice} />}
        </span>
      </div>
      {deliveries.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(deliveries.problem, words.notRead)}
            action={{ label: text.problems.tryAgain, onPress: deliveries.refresh }}
          />
        </div>
      )}
      <SplitView
        paneLabel={words.detail}
        closeLabel={words.closeDetail}
        onClose={() => change({ delivery: undefined })}
        pane={chosen === undefined ? undefined : <DeliveryDetail key={chosen} deliveryId={chosen} />}
        list={
          <VirtualTable
            key={JSON.stringify(choice)}
            label={words.list}
            rows={deliveries.rows}
            columns={deliveryColumns}
            rowKey={(row) => row.id}
            live={deliveries.rows !== undefined}
            selected={chosen}
            onSelect={(row) => change({ delivery: row.id })}
            onReachEnd={deliveries.more}
            onAway={deliveries.setAway}
            manyAbove={deliveries.isHeld}
            empty={
              isNarrowed ? (
                <EmptyState
                  compact
                  icon={IconFilterOff}
                  title={words.noneTitle}
                  action={
                    <Button variant="default" onClick={showAll}>
                      {words.clearFilters}
                    </Button>
                  }
                >
                  {words.noneAbout[state ?? 'any']}
                </EmptyState>
              ) : (
                <EmptyState
                  icon={IconSend}
                  title={words.emptyTitle}
                  action={
                    moduleId === undefined && (
                      <Button onClick={() => navigate(paths.solutions)}>{words.emptyAction}</Button>
                    )
                  }
                >
                  {words.emptyAbout}
                </EmptyState>
              )
            }
          />
        }
      />
    </div>
  );
}

/** What is counted says so: those that wait, are being sent, or failed. */
function stateLabel(
  state: DeliveryState,
  counts: { waiting: number; sending: number; failed: number } | undefined,
): string {
  const count = state === 'waiting' || state === 'sending' || state === 'failed' ? (counts?.[state] ?? 0) : 0;
  return count > 0 ? `${words.states[state]} ${formatCompact(count)}` : words.states[state];
}

interface FilterProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function SourceFilter({ value, onChange }: FilterProps) {
  const sources = useCall('dataSources.list', {});
  useEvent('dataSources.changed', sources.refetch);
  return (
    <Select
      className={classes.select}
      aria-label={words.source}
      placeholder={words.allSources}
      data={sources.data?.dataSources.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable
    />
  );
}

function ModuleFilter({ value, onChange, dataSourceId }: FilterProps & { dataSourceId: string | undefined }) {
  const modules = useCall('modules.list', dataSourceId === undefined ? {} : { dataSourceId });
  return (
    <Select
      className={classes.select}
      aria-label={words.module}
      placeholder={words.allModules}
      data={modules.data?.modules.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable
    />
  );
}

function DestinationFilter({ value, onChange }: FilterProps) {
  const list = useCall('destinations.list', {});
  useEvent('destinations.changed', list.refetch);
  const known = new Set(list.data?.destinations.map(({ destination }) => destination));
  if (value !== undefined) known.add(value);
  return (
    <Select
      className={classes.select}
      aria-label={words.destination}
      placeholder={words.allDestinations}
      data={[...known]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable
    />
  );
}
