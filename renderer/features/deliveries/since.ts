// Since when: the choices of a retry as a time. Pure.
export const sinceChoices = ['hour', 'day', 'week', 'all', 'time'] as const;
export type SinceChoice = (typeof sinceChoices)[number];

const hourMs = 3_600_000;
const spans = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;

/** An ISO time; undefined: any time; `invalid`: `time` (local, as a date field gives it) is none. */
export function sinceOf(choice: SinceChoice, time: string, now: number): string | undefined | 'invalid' {
  if (choice === 'all') return undefined;
  if (choice !== 'time') return new Date(now - spans[choice]).toISOString();
  const at = Date.parse(time);
  return Number.isNaN(at) ? 'invalid' : new Date(at).toISOString();
}
