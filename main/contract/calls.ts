// The table of calls: name, whether it changes anything, input and output; one file a subject in calls/. One search finds definition, handler, use and test.
import type { z } from 'zod';
import { actionsCalls } from './calls/actions.ts';
import { applicationsCalls } from './calls/applications.ts';
import { auditCalls } from './calls/audit.ts';
import { backupsCalls } from './calls/backups.ts';
import { capturesCalls } from './calls/captures.ts';
import { connectionsCalls } from './calls/connections.ts';
import { dataSourcesCalls } from './calls/data-sources.ts';
import { deliveriesCalls } from './calls/deliveries.ts';
import { forwardsCalls } from './calls/forwards.ts';
import { importsCalls } from './calls/imports.ts';
import { itemsCalls } from './calls/items.ts';
import { mappingCalls } from './calls/mapping.ts';
import { modulesCalls } from './calls/modules.ts';
import { outgoingCalls } from './calls/outgoing.ts';
import { replaysCalls } from './calls/replays.ts';
import { retentionCalls } from './calls/retention.ts';
import { samplesCalls } from './calls/samples.ts';
import { searchesCalls } from './calls/searches.ts';
import { settingsCalls } from './calls/settings.ts';
import { solutionsCalls } from './calls/solutions.ts';
import { transferCalls } from './calls/transfer.ts';
import { tunnelCalls } from './calls/tunnel.ts';

export const calls = {
  ...settingsCalls,
  ...backupsCalls,
  ...applicationsCalls,
  ...dataSourcesCalls,
  ...connectionsCalls,
  ...capturesCalls,
  ...searchesCalls,
  ...transferCalls,
  ...mappingCalls,
  ...itemsCalls,
  ...replaysCalls,
  ...samplesCalls,
  ...forwardsCalls,
  ...retentionCalls,
  ...auditCalls,
  ...importsCalls,
  ...tunnelCalls,
  ...outgoingCalls,
  ...actionsCalls,
  ...solutionsCalls,
  ...modulesCalls,
  ...deliveriesCalls,
};

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;
