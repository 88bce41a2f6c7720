// The simulator: whose events, where to, how many; and the published retry schedule in compressed time.
import { Button, Checkbox, MultiSelect, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ReplayJob, ReplayTarget } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { formatDuration } from '../../design/formats.ts';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './simulator.module.css';

const words = text.simulator;
/** So that the fields of a row stand on one line. */
const belowIt: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

export function SimulatorPanel() {
  const known = useCall('simulator.applications', {}).data?.applications ?? [];
  const sources = useCall('dataSources.list', {}).data?.dataSources ?? [];
  const [, navigate] = useLocation();
  const [sourceId, setSourceId] = useState<string>();
  const [applicationId, setApplicationId] = useState<string>();
  const [secret, setSecret] = useState('');
  const [kind, setKind] = useState<'receiver' | 'url'>('receiver');
  const [url, setUrl] = useState('');
  const [eventTypes, setEventTypes] = useState<string[]>([]);
  const [count, setCount] = useState(1);
  const [rate, setRate] = useState(10);
  const [burst, setBurst] = useState(false);
  const [newItems, setNewItems] = useState(true);
  const [runsModules, setRunsModules] = useState(true);
  const [speed, setSpeed] = useState(3600);
  const [outages, setOutages] = useState(2);
  const stream = useAction('simulator.stream');
  const retries = useAction('simulator.retries');

  const source = sources.find(({ id }) => id === sourceId);
  const application = known.find(({ id }) => id === (source ? source.applicationId : applicationId));
  const target: ReplayTarget = source && kind === 'receiver' ? { kind } : { kind: 'url', url };
  const whose = source
    ? { dataSourceId: source.id }
    : { ...(applicationId !== undefined && { applicationId }), ...(secret !== '' && { secret }) };
  const problem = stream.problem ?? retries.problem;
  const go = (answer: { job: ReplayJob } | undefined) => answer && navigate(paths.replayJob(answer.job.id));

  async function sendStream() {
    const pace = count === 1 ? {} : burst ? { burst } : { ratePerSecond: rate };
    const types = eventTypes.length > 0 ? { eventTypes } : {};
    go(await stream.run({ ...whose, target, count, newItems, runsModules, ...types, ...pace }));
  }
  async function runSchedule() {
    const [eventType] = eventTypes;
    go(
      await retries.run({
        ...whose,
        target,
        speed,
        runsModules,
        ...(target.kind === 'receiver' && { outages }),
        ...(eventType !== undefined && { eventType }),
      }),
    );
  }

  return (
    <div className={classes.page}>
      <p className={classes.about}>{words.about}</p>
      {problem && <ProblemNotice {...problemWords(problem, words.notStarted)} />}
      <div className={classes.fields}>
        <Select
          label={words.source}
          placeholder={words.noSource}
          data={sources
            .filter((each) => each.applicationId !== undefined)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={sourceId ?? null}
          onChange={(value) => {
            setSourceId(value ?? undefined);
            setEventTypes([]);
          }}
          searchable
          clearable
        />
        {!source && (
          <>
            <Select
              label={words.application}
              data={known.map(({ id, name }) => ({ value: id, label: name }))}
              value={applicationId ?? null}
              onChange={(value) => {
                setApplicationId(value ?? undefined);
                setEventTypes([]);
              }}
              searchable
            />
            <PasswordInput
              label={words.secret}
              description={words.secretAbout}
              inputWrapperOrder={belowIt}
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          </>
        )}
        {source && (
          <Select
            label={words.target}
            allowDeselect={false}
            value={kind}
            onChange={(value) => setKind(value === 'url' ? 'url' : 'receiver')}
            data={[
              { value: 'receiver', label: words.receiver },
              { value: 'url', label: words.url },
            ]}
          />
        )}
        {target.kind === 'url' && (
          <TextInput
            label={words.url}
            placeholder={text.replay.urlPlaceholder}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        )}
        {application && (
          <MultiSelect
            label={words.eventTypes}
            description={words.eventTypesAbout}
            inputWrapperOrder={belowIt}
            {...(eventTypes.length === 0 && { placeholder: words.ownType })}
            data={application.eventTypes}
            value={eventTypes}
            onChange={setEventTypes}
            searchable
            clearable
          />
        )}
      </div>
      {application && !application.signs && <p className={classes.about}>{words.notSigning}</p>}
      <Panel title={words.stream}>
        <div className={classes.part}>
          <div className={classes.fields}>
            <NumberInput
              label={words.count}
              min={1}
              max={100_000}
              allowDecimal={false}
              value={count}
              onChange={(value) => setCount(Math.max(1, Number(value) || 1))}
            />
            <NumberInput
              label={words.rate}
              min={0.1}
              max={1000}
              disabled={burst || count === 1}
              value={rate}
              onChange={(value) => setRate(Math.min(1000, Math.max(0.1, Number(value) || 1)))}
            />
          </div>
          <div className={classes.checks}>
            <Checkbox
              label={words.burst}
              checked={burst}
              onChange={(event) => setBurst(event.currentTarget.checked)}
            />
            <Checkbox
              label={words.newItems}
              checked={newItems}
              onChange={(event) => setNewItems(event.currentTarget.checked)}
            />
            <Checkbox
              label={words.runsModules}
              checked={runsModules}
              onChange={(event) => setRunsModules(event.currentTarget.checked)}
            />
          </div>
          <Button loading={stream.running} disabled={!application} onClick={() => void sendStream()}>
            {words.send(count)}
          </Button>
        </div>
      </Panel>
      {application && (
        <Panel title={words.retries}>
          <div className={classes.part}>
            <p className={classes.about}>{words.retriesAbout}</p>
            {application.schedule === undefined ? (
              <p className={classes.about}>{words.noSchedule}</p>
            ) : (
              <>
                <p className={classes.about}>
                  {application.schedule.length === 0
                    ? words.neverRetries
                    : words.schedule(
                        application.schedule
                          .map((ms) => (ms === 0 ? words.atOnce : formatDuration(ms)))
                          .join(', '),
                      )}
                </p>
                <div className={classes.fields}>
                  <NumberInput
                    label={words.speed}
                    min={1}
                    max={1_000_000}
                    value={speed}
                    onChange={(value) => setSpeed(Math.max(1, Number(value) || 1))}
                  />
                  {target.kind === 'receiver' && (
                    <NumberInput
                      label={words.outages}
                      min={0}
                      max={100}
                      allowDecimal={false}
                      value={outages}
                      onChange={(value) => setOutages(Math.max(0, Number(value) || 0))}
                    />
                  )}
                </div>
                <Button variant="default" loading={retries.running} onClick={() => void runSchedule()}>
                  {words.run}
                </Button>
              </>
            )}
          </div>
        </Panel>
      )}
    </div>
  );
}
