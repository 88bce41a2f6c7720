// Try it: sends one action of the module, as it stands in the builder, for the chosen item, and shows what came back.
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { Exchange, ModuleInput } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { ExchangeView } from '../exchange/exchange-view.tsx';
import classes from './builder.module.css';
import stepsClasses from './steps.module.css';

const words = text.modules;

interface TryStepProps {
  solutionId: string;
  module: ModuleInput;
  stepId: string;
  itemId: string | undefined;
  isReady: boolean;
}

export function TryStep({ solutionId, module, stepId, itemId, isReady }: TryStepProps) {
  const attempt = useAction('modules.tryStep');
  const [exchange, setExchange] = useState<Exchange>();

  async function run() {
    setExchange(undefined);
    const answer = await attempt.run({ solutionId, module, stepId, ...(itemId !== undefined && { itemId }) });
    if (answer) setExchange(answer.exchange);
  }

  return (
    <div className={stepsClasses.try}>
      <div className={`${classes.line} ${classes.middle}`}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSend size={14} aria-hidden />}
          disabled={!isReady}
          loading={attempt.running}
          onClick={() => void run()}
        >
          {words.tryIt}
        </Button>
        <span className={classes.muted}>{words.tryAbout}</span>
      </div>
      {attempt.problem && <ProblemNotice {...problemWords(attempt.problem, words.notTried)} />}
      {exchange && (
        <section aria-label={words.tryResult}>
          <ExchangeView exchange={exchange} />
        </section>
      )}
    </div>
  );
}
