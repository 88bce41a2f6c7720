// Step "Set up": the webhook URL and the application's instructions left, what arrives right.
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { Application, DataSource, Problem } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import type { Captures } from '../captures/use-captures.ts';
import { PausedNotice } from '../data-source/paused-notice.tsx';
import { UploadPanel } from '../imports/upload-panel.tsx';
import { VerificationOf } from '../verification/connection-choice.tsx';
import { MissedCallsNotice } from '../verification/missed-calls-notice.tsx';
import { ApplicationInstructions, CustomInstructions } from './application-instructions.tsx';
import { Arrivals } from './arrivals.tsx';
import { NothingUsable } from './nothing-usable.tsx';
import classes from './set-up-window.module.css';
import { WebhookAddress } from './webhook-address.tsx';
import { whatWasSeen } from './what-was-seen.ts';

interface ConnectStepProps {
  dataSource: DataSource;
  application: Application | undefined;
  applicationProblem: Problem | undefined;
  onApplicationAgain: () => void;
  captures: Captures;
  /** To the mapping, from a call that was chosen here. */
  onGoOn: (captureId?: string) => void;
}

/** The choice where the data comes from: a file once, or calls from now on. */
export function ConnectStep(props: ConnectStepProps) {
  const [way, setWay] = useState(props.dataSource.kind === 'file' ? 'upload' : 'webhook');
  const isNarrow = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600);
  const { dataSource, onGoOn } = props;
  return (
    <>
      <SegmentedControl
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        className={classes.way}
        aria-label={text.imports.way}
        value={way}
        onChange={setWay}
        data={[
          { value: 'upload', label: text.imports.upload },
          { value: 'webhook', label: text.imports.webhook },
        ]}
      />
      {way === 'upload' ? (
        <UploadPanel dataSourceId={dataSource.id} onMap={() => onGoOn()} />
      ) : (
        <WebhookStep {...props} />
      )}
    </>
  );
}

function WebhookStep(props: ConnectStepProps) {
  const { dataSource, application, captures, onGoOn } = props;
  const connection = dataSource.connections[0];
  const seen = whatWasSeen(dataSource.counts, captures.rows ?? []);
  const [wantedOn, setWantedOn] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const mapped = captures.rows?.find(({ id, outcome }) => id === chosen && outcome === 'accepted')?.id;
  const verification = connection && <VerificationOf connections={dataSource.connections} />;
  return (
    <>
      <div className={classes.halves}>
        <div className={classes.instructions}>
          <PausedNotice source={dataSource} />
          {connection && <WebhookAddress connection={connection} />}
          {dataSource.applicationId === undefined ? (
            <>
              <CustomInstructions />
              {verification}
            </>
          ) : application ? (
            <ApplicationInstructions application={application}>{verification}</ApplicationInstructions>
          ) : props.applicationProblem ? (
            <ProblemNotice
              {...problemWords(props.applicationProblem, text.setUp.instructionsNotRead)}
              action={{ label: text.problems.tryAgain, onPress: props.onApplicationAgain }}
            />
          ) : (
            [80, 60, 90].map((width) => <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />)
          )}
        </div>
        <div className={classes.live}>
          <Arrivals
            dataSource={dataSource}
            application={application}
            captures={captures}
            chosen={chosen}
            onChoose={setChosen}
          />
        </div>
      </div>
      <div className={classes.foot}>
        {wantedOn && seen.kind !== 'usable' && (
          <>
            {seen.kind !== 'nothing' && <MissedCallsNotice dataSource={dataSource} />}
            <NothingUsable seen={seen} connection={connection} onGoOn={() => onGoOn()} />
          </>
        )}
        <div className={classes.footBar}>
          <span className={classes.words}>{text.setUp.footWords[seen.kind]}</span>
          <Button onClick={() => (seen.kind === 'usable' ? onGoOn(mapped) : setWantedOn(true))}>
            {text.setUp.didIt}
          </Button>
        </div>
      </div>
    </>
  );
}
