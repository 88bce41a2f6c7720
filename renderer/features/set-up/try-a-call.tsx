// Two ways to make a first call without the application: a ready curl line, and "Send a test".
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { Application, Connection, DataSource } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { CodeLine } from '../../design/code-line.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { useVerification } from '../verification/use-verification.ts';
import { curlLine } from './curl-line.ts';
import classes from './try-a-call.module.css';

interface TryACallProps {
  dataSource: DataSource;
  application: Application | undefined;
}

export function TryACall({ dataSource, application }: TryACallProps) {
  const connection = dataSource.connections[0];
  return connection && <Ways connection={connection} dataSource={dataSource} application={application} />;
}

function Ways({ connection, dataSource, application }: TryACallProps & { connection: Connection }) {
  const { verification } = useVerification(connection.id);
  // An unsigned line would be refused.
  const isChecked = verification?.state === 'checked';
  return (
    <div className={classes.ways}>
      <p className={classes.words}>{isChecked ? text.setUp.tryCheckedWords : text.setUp.tryWords}</p>
      {!isChecked && (
        <CodeLine
          value={curlLine(connection.localUrl, application?.sample)}
          copyLabel={text.setUp.copyCurl}
        />
      )}
      <SendTest dataSourceId={dataSource.id} />
    </div>
  );
}

export function SendTest({ dataSourceId }: { dataSourceId: string }) {
  const action = useAction('dataSources.sendTest');
  const [sent, setSent] = useState<{ status: number; note?: string | undefined }>();
  async function send() {
    setSent(undefined);
    const answer = await action.run({ id: dataSourceId });
    if (answer) setSent(answer);
  }
  return (
    <div className={classes.send}>
      <Button
        variant="default"
        leftSection={<IconSend size={16} aria-hidden />}
        loading={action.running}
        onClick={() => void send()}
      >
        {text.setUp.sendTest}
      </Button>
      <span className={classes.answer} role="status">
        {sent && text.setUp.testAnswered(sent.status)} {sent?.note}
      </span>
      {action.problem && (
        <div className={classes.problem}>
          <ProblemNotice {...problemWords(action.problem, text.setUp.testNotSent)} />
        </div>
      )}
    </div>
  );
}
