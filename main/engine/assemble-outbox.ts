// Puts the outbox together: jobs, worker, what people see of it, and the care for what is old.
import type { Log } from '../log/log.ts';
import type { Changes } from './changes.ts';
import type { GiveWay } from './give-way.ts';
import type { CallConnection } from './outbox/calls-under-way.ts';
import { type Clock, systemClock } from './outbox/clock.ts';
import { createDeliveries } from './outbox/deliveries.ts';
import { createDeliveriesHandlers } from './outbox/deliveries-handlers.ts';
import { createDeliveriesTable } from './outbox/deliveries-table.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createDeliveriesSweep } from './outbox/sweep-deliveries.ts';
import type { Database } from './store/database.ts';

export function assembleOutbox(deps: {
  database: Database;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  stopping: AbortController;
  callConnection: CallConnection;
  baseUrlOf(connectionId: string): string | undefined;
  dataSources: { list(): { id: string }[]; require(id: string): void };
  /** How many days a data source keeps accepted calls; undefined: for ever. */
  callDaysOf(dataSourceId: string): number | undefined;
  clock?: Clock;
}) {
  const { database, changes, log, giveWay, stopping, dataSources, clock = systemClock } = deps;
  const outbox = createOutbox({
    database,
    changes,
    log,
    giveWay,
    stopping: stopping.signal,
    callConnection: deps.callConnection,
    baseUrlOf: deps.baseUrlOf,
    clock,
  });
  const table = createDeliveriesTable(database);
  const deliveries = createDeliveries({
    database,
    table,
    outbox,
    changes,
    giveWay,
    now: clock.now,
    requireSource: dataSources.require,
  });
  const sweep = createDeliveriesSweep({
    database,
    table,
    destinations: outbox.destinations,
    giveWay,
    now: clock.now,
    dataSourceIds: () => dataSources.list().map(({ id }) => id),
    callDaysOf: deps.callDaysOf,
    tellChanged: (dataSourceId) => changes.tell('deliveries.changed', { dataSourceId }),
  });

  return {
    outbox,
    deliveries,
    deliveriesHandlers: createDeliveriesHandlers(deliveries),
    sweepDeliveries: sweep,
  };
}

export type OutboxAssembly = ReturnType<typeof assembleOutbox>;
