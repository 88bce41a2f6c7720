// Sentences of drifting paths.
import type { Drift } from '#contract';
import { countOf, formatCount } from '../../design/formats.ts';

const typeWords = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  list: 'a list',
  null: 'null',
};

export const drift = {
  title: 'Drift of mapped paths',
  what: {
    vanished: (name: string) => `${name} has vanished from the newest calls`,
    rare: (name: string) => `${name} has become rare`,
    changedType: (name: string) => `${name} has changed its type`,
  },
  why: ({ kind, before, recent, typeBefore, typeNow }: Drift) =>
    kind === 'changedType'
      ? `It was ${typeWords[typeBefore ?? 'text']}; the newest calls give ${typeWords[typeNow ?? 'text']}.`
      : kind === 'vanished'
        ? `${formatCount(before.present)} of ${formatCount(before.calls)} earlier calls had a value; the newest have none.`
        : `${formatCount(before.present)} of ${formatCount(before.calls)} earlier calls had a value, ${formatCount(recent.present)} of the newest ${formatCount(recent.calls)} have one.`,
  since: 'Since',
  remap: 'Map it anew',
  accept: 'It is right like this',
  badge: (count: number) => countOf(count, 'path drifts', 'paths drift'),
};
