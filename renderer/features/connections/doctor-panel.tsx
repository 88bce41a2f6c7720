// The connection doctor: each stage with its time, what was seen and what to do, as the stages come in.
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
  IconMinus,
  IconStethoscope,
} from '@tabler/icons-react';
import { type DiagnosisStage, type DiagnosisStageName, diagnosisStageName } from '#contract';
import { formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './doctor-panel.module.css';
import type { Doctor } from './use-doctor.ts';

const words = text.connections;
const order = diagnosisStageName.options;
const icons = {
  passed: IconCircleCheck,
  warning: IconAlertTriangle,
  failed: IconCircleX,
  skipped: IconMinus,
  running: IconLoader2,
  next: IconCircleDashed,
};

interface DoctorPanelProps {
  doctor: Doctor;
  /** Undefined while what is typed cannot be called at all. */
  onTest: (() => void) | undefined;
  onAllow: (target: string) => void;
}

export function DoctorPanel({ doctor, onTest, onAllow }: DoctorPanelProps) {
  const { running, stages, problem } = doctor;
  const hasStages = running || stages.size > 0;
  const current = running ? order.find((name) => !stages.has(name)) : undefined;
  const longest = Math.max(1, ...Array.from(stages.values(), ({ ms }) => ms ?? 0));
  return (
    <section className={classes.doctor} aria-label={words.doctor}>
      <div className={classes.head}>
        {running ? (
          <Button variant="default" onClick={doctor.cancel}>
            {words.doctorCancel}
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconStethoscope size={16} aria-hidden />}
            disabled={!onTest}
            onClick={onTest}
          >
            {words.doctor}
          </Button>
        )}
        <span className={classes.summary} role="status">
          {summaryOf(doctor)}
          {doctor.isOld && hasStages && <span className={classes.old}> {words.doctorOld}</span>}
        </span>
      </div>
      {problem && <ProblemNotice {...problemWords(problem, words.doctorFailed)} />}
      {hasStages && (
        <ol className={classes.stages} aria-label={words.stageList}>
          {order.map((name) => (
            <Stage
              key={name}
              name={name}
              stage={stages.get(name)}
              isCurrent={name === current}
              isRunning={running}
              longest={longest}
              onAllow={running ? undefined : onAllow}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function summaryOf({ running, isCancelled, diagnosis, stages }: Doctor): string {
  if (running) return words.doctorRunning;
  if (isCancelled) return words.doctorCancelled;
  const results = Array.from(stages.values(), ({ result }) => result);
  if (results.length === 0) return words.doctorAbout;
  if (results.includes('failed') || diagnosis?.ok === false) return words.doctorNotPassed;
  const time = formatDuration(diagnosis?.totalMs ?? 0);
  return results.includes('warning') ? words.doctorWarned(time) : words.doctorPassed(time);
}

interface StageProps {
  name: DiagnosisStageName;
  stage: DiagnosisStage | undefined;
  isCurrent: boolean;
  isRunning: boolean;
  longest: number;
  onAllow: ((target: string) => void) | undefined;
}

function Stage({ name, stage, isCurrent, isRunning, longest, onAllow }: StageProps) {
  // A stage that was never told belongs to a way that ended before it.
  const state = stage?.result ?? (isCurrent ? 'running' : isRunning ? 'next' : 'skipped');
  const Icon = icons[state];
  return (
    <li className={classes.stage} data-state={state}>
      <Icon size={16} className={classes.icon} aria-hidden />
      <div className={classes.facts}>
        <div className={classes.line}>
          <span className={classes.name}>
            {words.stages[name]} <span className="visually-hidden">{words.results[state]}</span>
          </span>
          <span className={classes.bar} aria-hidden="true">
            {stage?.ms !== undefined && (
              <span className={classes.fill} style={{ inlineSize: `${(stage.ms / longest) * 100}%` }} />
            )}
          </span>
          <span className={classes.time}>{stage?.ms !== undefined && formatDuration(stage.ms)}</span>
        </div>
        {stage && (
          <p className={classes.text}>
            <PayloadText text={stage.text} />
          </p>
        )}
        {stage?.toDo && <p className={classes.toDo}>{stage.toDo}</p>}
        {stage?.allowTarget !== undefined && onAllow && (
          <Button size="xs" variant="light" onClick={() => stage.allowTarget && onAllow(stage.allowTarget)}>
            {words.allow(stage.allowTarget)}
          </Button>
        )}
        {stage && stage.facts.length > 0 && (
          <details className={classes.details} open={stage.result === 'failed' || stage.result === 'warning'}>
            <summary>{words.facts}</summary>
            <dl className={classes.factList}>
              {stage.facts.map((fact, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names of facts may repeat, and the list never changes.
                <div key={index} className={classes.fact}>
                  <dt>{fact.name}</dt>
                  <dd>
                    <PayloadText text={fact.value} />
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}
