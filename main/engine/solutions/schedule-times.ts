// When a schedule comes: cron expressions of five parts in a time zone. Pure; the clock is the caller's.
import { Cron } from 'croner';

export interface ScheduleTimes {
  /** The first time after `from`, milliseconds since 1970; undefined where none comes. */
  after(from: number): number | undefined;
}

export type ScheduleResult =
  | { ok: true; times: ScheduleTimes }
  | { ok: false; path: 'cron' | 'timeZone'; message: string };

const nicknames = new Set(['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually']);

/** Without a time zone: that of this computer. */
export function readSchedule(cron: string, timeZone?: string): ScheduleResult {
  const zone = timeZone?.trim() || undefined;
  if (zone !== undefined && !isTimeZone(zone)) {
    return {
      ok: false,
      path: 'timeZone',
      message: `There is no time zone "${zone}". Write one as Europe/Berlin, or UTC.`,
    };
  }
  const text = cron.trim();
  const parts = text.split(/\s+/).length;
  if (text.startsWith('@') ? !nicknames.has(text.toLowerCase()) : parts !== 5) {
    return {
      ok: false,
      path: 'cron',
      message: `A schedule has five parts (minute, hour, day of month, month, day of week), as in "0 9 * * MON-FRI". This one has ${parts}.`,
    };
  }
  try {
    const job = new Cron(text, {
      paused: true,
      ...(text.startsWith('@') ? {} : { mode: '5-part' as const }),
      ...(zone === undefined ? {} : { timezone: zone }),
    });
    const times: ScheduleTimes = { after: (from) => job.nextRun(new Date(from))?.getTime() };
    return { ok: true, times };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return { ok: false, path: 'cron', message: `The schedule cannot be read: ${why}` };
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
