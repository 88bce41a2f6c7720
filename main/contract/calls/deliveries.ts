// Calls about deliveries and destinations.
import { z } from 'zod';
import { delivery, deliveryAttempt, deliveryState, destination } from '../models/delivery.ts';
import { before, id, limit, nothing, read, write } from './define.ts';

/** Which deliveries: all filters together. */
const deliveryChoice = {
  dataSourceId: id.optional(),
  moduleId: id.optional(),
  runId: id.optional(),
  state: deliveryState.optional(),
  destination: z.string().max(400).optional(),
};

export const deliveriesCalls = {
  'deliveries.list': read(
    'Deliveries, newest first. The dead-letter list is `state: "failed"`.',
    z.object({ ...deliveryChoice, limit, before }),
    z.object({ deliveries: z.array(delivery), next: z.string().optional() }),
  ),
  'deliveries.get': read(
    'One delivery with its attempts, oldest first.',
    z.object({ id }),
    z.object({ delivery, attempts: z.array(deliveryAttempt) }),
  ),
  'deliveries.count': read(
    'How many deliveries that fit wait, are being sent, or failed; `since` counts those made from then on.',
    z.object({ ...deliveryChoice, since: z.string().datetime().optional() }),
    z.object({ waiting: z.number().int(), sending: z.number().int(), failed: z.number().int() }),
  ),
  'deliveries.retry': write(
    'Tries a delivery now: one that waits, or one that was given up or cancelled.',
    z.object({ id }),
    z.object({ delivery }),
  ),
  'deliveries.retryMany': write(
    'The same for all failed deliveries that fit, since a time; spread out so that no destination meets a burst.',
    z.object({ ...deliveryChoice, since: z.string().datetime().optional() }),
    z.object({ retried: z.number().int() }),
  ),
  'deliveries.cancel': write('Gives a waiting delivery up.', z.object({ id }), z.object({ delivery })),

  'destinations.list': read(
    'Where deliveries go, the paused ones first.',
    z.object({}),
    z.object({ destinations: z.array(destination) }),
  ),
  'destinations.pause': write(
    'Sends nothing to a destination until it is resumed; deliveries wait.',
    z.object({ destination: z.string().max(400) }),
    nothing,
  ),
  'destinations.resume': write(
    'Sends again, slowly at first.',
    z.object({ destination: z.string().max(400) }),
    nothing,
  ),
};
