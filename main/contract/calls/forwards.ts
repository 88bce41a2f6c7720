// Calls about rules that pass new captures on.
import { z } from 'zod';
import {
  forwardResult,
  forwardResultDetail,
  forwardRule,
  forwardRuleDraft,
  forwardState,
} from '../models/forward.ts';
import { before, id, limit, read, write } from './define.ts';

const ofRule = z.object({ rule: forwardRule });

export const forwardsCalls = {
  'forwards.list': read(
    'The rules that pass new captures on, newest first; with `dataSourceId` those that hold for it.',
    z.object({ dataSourceId: id.optional() }),
    z.object({ rules: z.array(forwardRule) }),
  ),
  'forwards.create': write(
    'Makes a rule. It holds for calls that come from now on, byte for byte. With `held` it lives as long as its caller: see `forwards.hold`.',
    z.object({ rule: forwardRuleDraft, held: z.boolean().optional() }),
    ofRule,
  ),
  'forwards.hold': write(
    'Holds a rule that was made with `held`: answers when the rule is deleted. When the caller closes its connection, however that comes, the rule is deleted; so it is without a holder after 10 seconds, and at the next start.',
    z.object({ id }),
    z.object({}),
  ),
  'forwards.update': write(
    'Changes a rule. What waits already goes to the URLs that it was meant for.',
    z.object({ id, rule: forwardRuleDraft }),
    ofRule,
  ),
  'forwards.switch': write(
    'Switches a rule on or off. Calls that come while it is off are not passed on; what waits is sent when it is on again.',
    z.object({ id, enabled: z.boolean() }),
    ofRule,
  ),
  'forwards.delete': write(
    'Deletes a rule with its results; it can be brought back until `undoUntil`.',
    z.object({ id }),
    z.object({ undoUntil: z.string() }),
  ),
  'forwards.restore': write('Brings a deleted rule back.', z.object({ id }), ofRule),
  'forwards.results': read(
    'What came of the calls of a rule, newest first.',
    z.object({ ruleId: id, state: forwardState.optional(), limit, before }),
    z.object({ results: z.array(forwardResult), next: z.string().optional() }),
  ),
  'forwards.result': read(
    'One of them with the last answer (its first 64 KiB).',
    z.object({ id: z.number().int() }),
    z.object({ result: forwardResultDetail }),
  ),
  'forwards.retry': write(
    'Tries a call that failed again, now.',
    z.object({ id: z.number().int() }),
    z.object({ result: forwardResult }),
  ),
};
