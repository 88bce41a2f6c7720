// Calls about the inbound side of connections: verification, secrets, probes, answer and limits.
import { z } from 'zod';
import { broughtFacts, receiving, refusedByRate } from '../models/receiving.ts';
import {
  chosenScheme,
  connectionVerification,
  missedCalls,
  probeResult,
  secretPurpose,
} from '../models/verification.ts';
import { id, nothing, read, write } from './define.ts';

const ofConnection = z.object({ verification: connectionVerification });
const received = z.object({ receiving, brings: broughtFacts, refused: refusedByRate.optional() });

export const connectionsCalls = {
  'connections.verification': read(
    'How the calls of a connection are verified: the scheme, which secrets are set and when. Never a secret itself.',
    z.object({ id }),
    ofConnection,
  ),
  'connections.setVerification': write(
    'Chooses the scheme of a connection whose application brings none. Without `scheme` it is taken back, with its secrets.',
    z.object({ id, scheme: chosenScheme.optional() }),
    ofConnection,
  ),
  'connections.setSecret': write(
    'Sets a secret in the place of the live ones; with `add` beside the newest one, for a rotation.',
    z.object({
      id,
      secret: z.string().max(10_000, 'A secret has at most 10,000 characters.'),
      purpose: secretPurpose.optional(),
      add: z.boolean().optional(),
    }),
    ofConnection,
  ),
  'connections.removeSecret': write(
    'Removes one secret of a connection. Without any, calls are no longer checked.',
    z.object({ id, secretId: id }),
    ofConnection,
  ),
  'connections.probe': write(
    'Plays the handshakes of the application and a rightly and a wrongly signed sample against the running receiver. Nothing of it is stored.',
    z.object({ id }),
    z.object({ results: z.array(probeResult) }),
  ),
  'connections.receiving': read(
    'Where event type and delivery id of its calls stand, what a connection answers to valid calls, how many calls a minute it takes and how large they may be; what is left out is as usual. `refused` counts the calls beyond its rate since the start.',
    z.object({ id }),
    received,
  ),
  'connections.setReceiving': write(
    'Sets all of `connections.receiving` at once; what is left out is as usual again. Where the place of the event type changes, the newest 1,000 accepted calls are read again for it.',
    z.object({ id, receiving }),
    received,
  ),
  'receiver.missedCalls': read(
    'Calls since the start that named no webhook URL of ours, by what was wrong with them.',
    nothing,
    z.object({ missed: z.array(missedCalls) }),
  ),
};
