// Calls about the library of samples and the simulator.
import { z } from 'zod';
import { callEdit, replayJob, replayOptions, replayTarget } from '../models/replay.ts';
import { sample, sampleDetail, simulatedApplication } from '../models/sample.ts';
import { id, name, nothing, read, write } from './define.ts';

const ofSample = z.object({ sample });
const ofJob = z.object({ job: replayJob });

/** Whose event it is: a data source with the secret that is set there, or an application of the catalog with a secret that is not kept. */
const simulated = {
  dataSourceId: id.optional(),
  applicationId: id.optional(),
  secret: z.string().max(10_000).optional(),
  target: replayTarget,
  runsModules: z.boolean().optional(),
};

export const samplesCalls = {
  'samples.list': read(
    'The samples of a data source, or of all, by name.',
    z.object({ dataSourceId: id.optional() }),
    z.object({ samples: z.array(sample) }),
  ),
  'samples.get': read(
    'One sample with its bytes. Headers that are secrets are concealed.',
    z.object({ id }),
    z.object({ sample: sampleDetail }),
  ),
  'samples.save': write(
    'Keeps a capture as a sample under a name. Signatures and secrets in it are left out: it is signed when it is fired.',
    z.object({ captureId: id, name }),
    ofSample,
  ),
  'samples.add': write(
    'Adds a sample that is given whole, such as one from another computer. Signatures and stored secrets in it are left out.',
    z.object({
      dataSourceId: id,
      name,
      method: z.string().regex(/^[A-Z]{1,40}$/, 'Type a method, such as POST.'),
      /** Without `?`. */
      query: z.string().max(20_000),
      headers: z.array(z.tuple([z.string().max(200), z.string().max(20_000)])).max(200),
      base64: z.base64().max(36_000_000),
    }),
    ofSample,
  ),
  'samples.update': write(
    'Renames or edits a sample. Authorization, Proxy-Authorization and Cookie are stored sealed.',
    z.object({ id, name: name.optional(), edit: callEdit.optional() }),
    ofSample,
  ),
  'samples.delete': write(
    'Deletes a sample; it can be brought back until `undoUntil`.',
    z.object({ id }),
    z.object({ undoUntil: z.string() }),
  ),
  'samples.restore': write('Brings a deleted sample back.', z.object({ id }), ofSample),
  'samples.fire': write(
    'Sends a sample: to the receiver, signed with the secret that is set, unless said otherwise.',
    z.object({
      dataSourceId: id,
      name: z.string().max(120),
      target: replayTarget.optional(),
      options: replayOptions.optional(),
    }),
    ofJob,
  ),
  'simulator.applications': read(
    'The applications whose events can be simulated, with their published retry schedules where these are known.',
    nothing,
    z.object({ applications: z.array(simulatedApplication) }),
  ),
  'simulator.stream': write(
    'Sends simulated events, signed as the application signs, with fresh ids.',
    z.object({
      ...simulated,
      count: z.number().int().min(1).max(100_000),
      /** Taken in turn; without them the sample’s own. */
      eventTypes: z.array(z.string().max(1000)).max(100).optional(),
      ratePerSecond: z.number().min(0.01).max(1000).optional(),
      burst: z.boolean().optional(),
      /** Each event is about another item. Without it all are about the same one. */
      newItems: z.boolean().optional(),
    }),
    ofJob,
  ),
  'simulator.retries': write(
    'Sends one simulated event and tries it again on the retry schedule that the application publishes, in compressed time, until it is answered with success.',
    z.object({
      ...simulated,
      eventType: z.string().max(1000).optional(),
      /** How many times faster than in reality. */
      speed: z.number().min(1).max(1_000_000),
      /** The receiver answers 503 to so many tries, as if it were away. */
      outages: z.number().int().min(0).max(100).optional(),
    }),
    ofJob,
  ),
};
