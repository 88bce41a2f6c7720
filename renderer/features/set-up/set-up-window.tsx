// The set-up window of a data source: connect the application, map what it sends, see the data. Has an address for each
// step; drafts live in the engine, so closing loses nothing unless the engine could not keep one.
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Redirect, useLocation, useParams, useSearchParams } from 'wouter';
import type { DataSource } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { type TaskStep, TaskWindow } from '../../design/task-window.tsx';
import { text } from '../../text/en.ts';
import { useCaptures } from '../captures/use-captures.ts';
import { MappingEditor } from '../mapping/mapping-editor.tsx';
import { ConnectStep } from './connect-step.tsx';
import { NoCallsYet } from './no-calls-yet.tsx';
import classes from './set-up-window.module.css';

type StepKey = 'set-up' | 'inbound-webhook';

export function SetUpWindow() {
  const { id } = useParams<{ id: string }>();
  const [, navigate] = useLocation();
  const { data, problem, refetch } = useCall('dataSources.get', { id });
  useEvent('dataSources.changed', (event) => {
    if (event.id === id) refetch();
  });
  // The webhook URL follows the tunnel.
  useEvent('tunnel.changed', refetch);
  if (data?.dataSource.entry === 'manual') return <Redirect to={paths.dataSource(id, 'view-data')} replace />;
  if (data) return <LoadedWindow key={id} dataSource={data.dataSource} />;
  return (
    <TaskWindow title={text.setUp.title} onClose={() => navigate(paths.enterpriseComponents)}>
      <div className={classes.padded}>
        {problem && (
          <ProblemNotice
            {...problemWords(problem)}
            action={{ label: text.problems.tryAgain, onPress: refetch }}
          />
        )}
      </div>
    </TaskWindow>
  );
}

function LoadedWindow({ dataSource }: { dataSource: DataSource }) {
  const { id, applicationId } = dataSource;
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const step: StepKey = search.get('step') === 'inbound-webhook' ? 'inbound-webhook' : 'set-up';
  const application = useCall(
    'applications.get',
    applicationId === undefined ? undefined : { id: applicationId },
  );
  const captures = useCaptures(id);
  const [atRisk, setAtRisk] = useState(false);
  const [asking, setAsking] = useState(false);

  const goTo = (key: StepKey, call?: string) => setSearch({ step: key, ...(call !== undefined && { call }) });
  const viewData = () => navigate(paths.dataSource(id, 'view-data'));
  const leave = () => navigate(dataSource.hasMapping ? paths.dataSource(id) : paths.enterpriseComponents);

  const steps: TaskStep[] = [
    {
      key: 'set-up',
      label: text.setUp.steps.setUp,
      state: step === 'set-up' ? 'current' : 'done',
      onGo: () => goTo('set-up'),
    },
    {
      key: 'inbound-webhook',
      label: text.setUp.steps.inboundWebhook,
      state: step === 'inbound-webhook' ? 'current' : dataSource.hasMapping ? 'done' : 'next',
      onGo: () => goTo('inbound-webhook'),
    },
    // Gone to by the button that shows what was saved.
    { key: 'view-data', label: text.setUp.steps.viewData, state: 'next' },
  ];

  return (
    <TaskWindow
      title={dataSource.name}
      mark={<BrandIcon icon={dataSource.icon} name={dataSource.applicationName ?? dataSource.name} />}
      steps={steps}
      onClose={() => (atRisk ? setAsking(true) : leave())}
    >
      {step === 'set-up' ? (
        <ConnectStep
          dataSource={dataSource}
          application={application.data?.application}
          applicationProblem={application.problem}
          onApplicationAgain={application.refetch}
          captures={captures}
          onGoOn={(call) => goTo('inbound-webhook', call)}
        />
      ) : (
        <MappingEditor
          dataSource={dataSource}
          onViewData={viewData}
          onAtRisk={setAtRisk}
          noCalls={
            <NoCallsYet
              purpose="mapping"
              dataSource={dataSource}
              application={application.data?.application}
            />
          }
        />
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={text.setUp.closeQuestion}
        centered
        closeButtonProps={{ 'aria-label': text.window.close }}
      >
        <p className={classes.words}>{text.mapping.draftNotKeptWhy}</p>
        <div className={classes.choices}>
          <Button onClick={() => setAsking(false)}>{text.setUp.stay}</Button>
          <Button variant="default" onClick={leave}>
            {text.setUp.closeAnyway}
          </Button>
        </div>
      </Modal>
    </TaskWindow>
  );
}
