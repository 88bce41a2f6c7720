// "Probe my endpoint": plays the application's checks and a rightly and a wrongly signed sample, and shows what each of them got.
import { Button } from '@mantine/core';
import { IconCheck, IconMinus, IconRadar2, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProbeResult } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './endpoint-probe.module.css';

const words = text.verification.probe;

export function EndpointProbe({ connectionId }: { connectionId: string }) {
  const action = useAction('connections.probe');
  const [results, setResults] = useState<ProbeResult[]>();

  async function probe() {
    setResults(undefined);
    const answer = await action.run({ id: connectionId });
    if (answer) setResults(answer.results);
  }

  return (
    <div className={classes.probe}>
      <div className={classes.start}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRadar2 size={16} aria-hidden />}
          loading={action.running}
          onClick={() => void probe()}
        >
          {words.start}
        </Button>
        <span className={classes.words} role="status">
          {results ? summaryOf(results) : words.about}
        </span>
      </div>
      {action.problem && <ProblemNotice {...problemWords(action.problem, words.failed)} />}
      {results && (
        <ul
          className={classes.results}
          aria-label={words.results}
          ref={(list) => list?.scrollIntoView({ block: 'nearest' })}
        >
          {results.map((result) => (
            <Result key={result.name} result={result} />
          ))}
        </ul>
      )}
    </div>
  );
}

function summaryOf(results: readonly ProbeResult[]): string {
  const played = results.filter(({ skipped }) => !skipped);
  return words.passed(played.filter(({ passed }) => passed).length, played.length);
}

function Result({ result }: { result: ProbeResult }) {
  const { name, passed, skipped = false, expected, got, verification } = result;
  const Icon = skipped ? IconMinus : passed ? IconCheck : IconX;
  const outcome = skipped ? words.isSkipped : passed ? words.isRight : words.isWrong;
  return (
    <li className={classes.result} data-outcome={skipped ? 'skipped' : passed ? 'right' : 'wrong'}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <div className={classes.facts}>
        <span className={classes.name}>
          {name} <span className="visually-hidden">{outcome}</span>
        </span>
        <span className={classes.got}>
          {words.expected(expected)} {words.got} <PayloadText text={got} />
        </span>
        {verification && <span className={classes.got}>{verification.reason}</span>}
      </div>
    </li>
  );
}
