// Data sources and their connections, as the screens and the scripts see them.
import { z } from 'zod';
import { icon } from './application.ts';

export const dataSourceKind = z.enum(['cloudApplication', 'custom', 'file']);
export type DataSourceKind = z.infer<typeof dataSourceKind>;

/** external: calls and files · manual: items typed in by hand. */
export const dataSourceEntry = z.enum(['external', 'manual']);
export type DataSourceEntry = z.infer<typeof dataSourceEntry>;

/**
 * waitingForFirstCall: no call yet · needsMapping: calls came, none saved mapping · listening: all well · ready: items are typed in by hand, so
 * there is nothing to listen to · errors: calls were refused or lack an id.
 */
export const dataSourceStatus = z.enum([
  'waitingForFirstCall',
  'needsMapping',
  'listening',
  'ready',
  'errors',
  'paused',
]);
export type DataSourceStatus = z.infer<typeof dataSourceStatus>;

/**
 * computer: this computer only · network: this network, because the public address is a private one · internet. The last check through the
 * tunnel decides; while it failed (the tunnel is degraded) only this computer is certain.
 */
export const reach = z.enum(['computer', 'network', 'internet']);
export type Reach = z.infer<typeof reach>;

export const connection = z.object({
  id: z.string(),
  name: z.string(),
  /** The address to give to the application: the public one while a tunnel is up, else the local one. */
  inboundUrl: z.string(),
  localUrl: z.string(),
  publicUrl: z.string().optional(),
  reach,
  /** An earlier address that is still answered, because the URL was rotated with a delay. */
  formerUrlUntil: z.string().optional(),
});
export type Connection = z.infer<typeof connection>;

export const dataSource = z.object({
  id: z.string(),
  kind: dataSourceKind,
  entry: dataSourceEntry,
  name: z.string(),
  /** For colleagues: what this source is for. */
  description: z.string(),
  /** Free text; only in `dataSources.get` and what changes one source. */
  notes: z.string().optional(),
  applicationId: z.string().optional(),
  applicationName: z.string().optional(),
  icon: icon.optional(),
  status: dataSourceStatus,
  createdAt: z.string(),
  pausedAt: z.string().optional(),
  lastReceivedAt: z.string().optional(),
  counts: z.object({
    captures: z.number().int(),
    rejected: z.number().int(),
    handshakes: z.number().int(),
    items: z.number().int(),
    /** Accepted calls that wait for a mapping. */
    waiting: z.number().int(),
    /** Accepted calls of which at least one element has no id. */
    needsAttention: z.number().int(),
    /** Mapped paths that drift, see `dataSources.drift`. */
    drifts: z.number().int(),
    /** Modules that use it, for their items or in a step. */
    modules: z.number().int(),
  }),
  hasMapping: z.boolean(),
  connections: z.array(connection),
});
export type DataSource = z.infer<typeof dataSource>;
