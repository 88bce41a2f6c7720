// Calls about connections as a whole and their outgoing configuration.
import { z } from 'zod';
import { dataSource } from '../models/data-source.ts';
import { diagnosis, outgoingConfiguration, outgoingInput } from '../models/outgoing.ts';
import { id, name, read, write } from './define.ts';

export const outgoingCalls = {
  'connections.add': write(
    'Adds a connection to a data source: a webhook URL of its own and an outgoing configuration of its own.',
    z.object({ dataSourceId: id, name }),
    z.object({ dataSource, connectionId: id }),
  ),
  'connections.rename': write(
    'Gives a connection another name.',
    z.object({ id, name }),
    z.object({ dataSource }),
  ),
  'connections.remove': write(
    'Removes a connection that is not the only one. Its calls and items stay; its webhook URL answers 404. Fails with `connection.inUse` while actions or modules use it.',
    z.object({ id }),
    z.object({ dataSource }),
  ),
  'connections.outgoing': read(
    'The outgoing configuration; absent where none was saved. Never a secret.',
    z.object({ id }),
    z.object({ outgoing: outgoingConfiguration.optional() }),
  ),
  'connections.saveOutgoing': write(
    'Checks the Base Url by a real call and saves. Fails with `outgoing.invalid` (what is typed) or `outgoing.refused` (what the call met) and saves nothing; with `asDraft` it saves without a check. The stages of the check come as `connections.diagnosed` with `runId`, also where it is refused.',
    z.object({
      id,
      outgoing: outgoingInput,
      asDraft: z.boolean().optional(),
      runId: z.string().max(100).optional(),
    }),
    z.object({ outgoing: outgoingConfiguration, diagnosis: diagnosis.optional() }),
  ),
  'connections.testOutgoing': read(
    'Diagnoses the outgoing configuration, each stage timed: what is given, or what is saved. `runId` comes back in `connections.diagnosed`.',
    z.object({ id, outgoing: outgoingInput.optional(), runId: z.string().max(100).optional() }),
    z.object({ diagnosis }),
  ),
};
