// Every sentence that the user reads, one file a feature in en/. Labels that the product description quotes stand there word for word.
import { access } from './en/access.ts';
import { actions } from './en/actions.ts';
import { activity } from './en/activity.ts';
import { attention } from './en/attention.ts';
import { audit } from './en/audit.ts';
import { backups } from './en/backups.ts';
import { captures } from './en/captures.ts';
import { connections } from './en/connections.ts';
import { care, dataSource, dataSourceKind, dataSourceStatus, information } from './en/data-source.ts';
import { deliveries } from './en/deliveries.ts';
import { drift } from './en/drift.ts';
import { enterpriseComponents } from './en/enterprise-components.ts';
import { exchange } from './en/exchange.ts';
import { commands, copy, frame, problems, signedOut, statusBar, table, window } from './en/frame.ts';
import { imports } from './en/imports.ts';
import { items } from './en/items.ts';
import { manual } from './en/manual.ts';
import { mapping } from './en/mapping.ts';
import { modules } from './en/modules.ts';
import { newDataSource } from './en/new-data-source.ts';
import { payload } from './en/payload.ts';
import { receiving } from './en/receiving.ts';
import { replay } from './en/replay.ts';
import { requestParts } from './en/request-parts.ts';
import { retention } from './en/retention.ts';
import { runs } from './en/runs.ts';
import { forward, samples, simulator } from './en/samples.ts';
import { setUp } from './en/set-up.ts';
import { settings } from './en/settings.ts';
import { solutions } from './en/solutions.ts';
import { transfer } from './en/transfer.ts';
import { tunnel } from './en/tunnel.ts';
import { verification } from './en/verification.ts';
import { weakStore } from './en/weak-store.ts';

export const text = {
  product: 'Hookbench',
  copy,
  table,
  window,
  problems,
  frame,
  commands,
  dataSourceStatus,
  dataSourceKind,
  enterpriseComponents,
  newDataSource,
  statusBar,
  tunnel,
  settings,
  backups,
  signedOut,
  payload,
  mapping,
  captures,
  transfer,
  verification,
  weakStore,
  receiving,
  imports,
  setUp,
  items,
  manual,
  attention,
  drift,
  dataSource,
  activity,
  information,
  care,
  replay,
  samples,
  simulator,
  forward,
  retention,
  audit,
  exchange,
  solutions,
  modules,
  requestParts,
  runs,
  deliveries,
  connections,
  access,
  actions,
};
