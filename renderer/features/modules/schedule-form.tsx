// On Scheduled: the cron line with its meaning in words, the next five times, the time zone, and times that were missed.
import { NativeSelect, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import cronstrue from 'cronstrue';
import { useMemo } from 'react';
import type { Module } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { formatAbsolute } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';
import type { TriggerSettings } from './module-draft.ts';
import { type Faults, faultAt } from './module-input.ts';
import rowsClasses from './rows.module.css';

const words = text.modules;
const typingMs = 250;
const presets = Object.entries(words.presetWords).map(([value, label]) => ({ value, label }));
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Undefined where it is no schedule; the engine says why. */
function inWords(cron: string): string | undefined {
  try {
    return cronstrue.toString(cron, {
      use24HourTimeFormat: true,
      throwExceptionOnParseError: true,
      // «At 09:00, every day», but not «every minute, every hour, every day».
      verbose: !/^\S*\*|^\S+\s+\S*\*/.test(cron),
    });
  } catch {
    return undefined;
  }
}

interface ScheduleFormProps {
  settings: TriggerSettings;
  module: Module | undefined;
  faults: Faults;
  onChange: (change: Partial<TriggerSettings>) => void;
}

export function ScheduleForm({ settings, module, faults, onChange }: ScheduleFormProps) {
  const { cron, timeZone, over } = settings;
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const [rested] = useDebouncedValue(cron.trim(), typingMs);
  const next = useCall(
    'modules.nextTimes',
    rested === '' ? undefined : { cron: rested, ...(timeZone !== '' && { timeZone }) },
  );
  const missed = module?.schedule?.missed ?? 0;
  const fault =
    faultAt(faults, 'trigger.cron') ?? (rested === cron.trim() ? next.problem?.message : undefined);
  return (
    <Stack gap="md">
      {missed > 0 && (
        <ProblemNotice
          tone="info"
          what={words.missed(missed)}
          why={
            module?.schedule?.lastMissedAt && (
              <>
                {words.missedAbout} <RelativeTime at={module.schedule.lastMissedAt} />.
              </>
            )
          }
        />
      )}
      <div className={`${classes.line} ${classes.top}`}>
        <TextInput
          className={classes.short}
          classNames={{ input: classes.mono }}
          label={words.cron}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={words.cronAbout}
          value={cron}
          maxLength={100}
          error={fault}
          onChange={(event) => onChange({ cron: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.presets}
          value={presets.some(({ value }) => value === cron) ? cron : ''}
          data={[{ value: '', label: '' }, ...presets]}
          onChange={(event) =>
            event.currentTarget.value !== '' && onChange({ cron: event.currentTarget.value })
          }
        />
        <Select
          label={words.timeZone}
          placeholder={words.ownTimeZone(ownZone)}
          data={zones}
          value={timeZone === '' ? null : timeZone}
          error={faultAt(faults, 'trigger.timeZone')}
          onChange={(value) => onChange({ timeZone: value ?? '' })}
          searchable
          clearable
        />
      </div>
      {!fault && (
        <div aria-live="polite">
          <p className={classes.strong}>{inWords(rested)}</p>
          {next.data && (
            <section aria-label={words.nextTimes}>
              <p className={classes.muted}>
                {next.data.times.length === 0 ? words.noTimes : words.nextTimes}
              </p>
              <ol className={rowsClasses.times}>
                {next.data.times.map((time) => (
                  <li key={time}>
                    <time dateTime={time}>{formatAbsolute(new Date(time))}</time>{' '}
                    <span className={classes.muted}>
                      <RelativeTime at={time} ahead />
                    </span>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
      )}
      <Radio.Group
        label={words.over}
        value={over}
        onChange={(value) => onChange({ over: value === 'once' ? 'once' : 'eachItem' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="eachItem" label={words.overs.eachItem} />
          <Radio value="once" label={words.overs.once} />
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
