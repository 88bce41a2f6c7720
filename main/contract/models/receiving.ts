// How a connection receives beyond its verification: where facts of its calls stand, what it answers to valid calls, how many calls it takes,
// how large they may be.
import { z } from 'zod';
import { plainHeader } from './outgoing.ts';

/** Bytes of a body as received and after decoding that no connection goes beyond. */
export const mostBodyBytes = 25 * 1024 * 1024;

/** Set by the receiver itself, by HTTP, or never sent by it (a web page is no sender of webhooks). */
const ownHeaders =
  /^(cache-control|connection|content-length|date|keep-alive|proxy-.*|set-cookie|te|trailer|transfer-encoding|upgrade|x-content-type-options|access-control-.*)$/i;

const answerHeaders = z
  .array(plainHeader)
  .max(20, 'Use at most 20 headers.')
  .superRefine((headers, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of headers.entries()) {
      const plain = name.toLowerCase();
      const message = ownHeaders.test(name)
        ? `The receiver sets ${name} by itself, or never sends it. Leave it out.`
        : seen.has(plain)
          ? `${name} stands here twice.`
          : undefined;
      seen.add(plain);
      if (message) context.addIssue({ code: 'custom', message, path: [index, 'name'] });
    }
  });

/** What a connection answers to a valid call, and to a repeat of one, once it is stored. Always a 2xx: the call was taken. */
export const ownAnswer = z
  .object({
    status: z
      .number()
      .int()
      .min(200, 'A call that was stored is answered with 200 to 299.')
      .max(299, 'A call that was stored is answered with 200 to 299.'),
    headers: answerHeaders,
    body: z.string().max(8_192, 'The body has at most 8,192 characters: it is kept with every call.'),
  })
  .refine(({ status, body }) => body === '' || (status !== 204 && status !== 205), {
    message: 'An answer with this status has no body. Leave the body empty, or choose 200.',
    path: ['body'],
  });
export type OwnAnswer = z.infer<typeof ownAnswer>;

/** A path as in a mapping: `type`, `data.event`, `$headers["x-event"]`. */
const factPath = z.string().trim().min(1, 'Type a path.').max(500, 'Use at most 500 characters.').optional();

export const receiving = z.object({
  /** Where the event type stands, of applications that are not in the catalog. Of a list its first element may carry it. */
  eventTypeAt: factPath,
  /** Where the id stands by which a repeated delivery is recognised, of applications that are not in the catalog. */
  deliveryIdAt: factPath,
  /** Left out: `{"ok":true,"id":"…","items":N}`, or what the application wants as an answer. */
  answer: ownAnswer.optional(),
  /** Calls beyond it are answered with 429 and not stored. Left out: no limit. */
  callsPerMinute: z
    .number()
    .int()
    .min(1, 'At least one call a minute.')
    .max(1_000_000, 'At most 1,000,000 calls a minute.')
    .optional(),
  /** Bytes as received and after decoding. Left out: 25 MiB. */
  maxBodyBytes: z
    .number()
    .int()
    .min(1024, 'At least 1 KiB.')
    .max(mostBodyBytes, 'At most 25 MiB.')
    .optional(),
});
export type Receiving = z.infer<typeof receiving>;

/** Which of the facts the application of the catalog brings along, so that they are not asked for. */
export const broughtFacts = z.object({ eventType: z.boolean(), deliveryId: z.boolean() });
export type BroughtFacts = z.infer<typeof broughtFacts>;

/** Calls of one connection that were answered with 429 since the start; none of them is stored. */
export const refusedByRate = z.object({ calls: z.number().int(), lastAt: z.string() });
export type RefusedByRate = z.infer<typeof refusedByRate>;
