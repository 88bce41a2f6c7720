// Two ways to make a first call without the application: a ready curl line, and "Send a test".
import { Button, NativeSelect } from '@mantine/core';
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
  const [connection, choose] = useTestConnection(dataSource);
  return (
    connection && (
      <Ways
        key={connection.id}
        connection={connection}
        dataSource={dataSource}
        application={application}
        onChoose={choose}
      />
    )
  );
}

/** The connection that a test goes to: the first one until another is chosen. */
function useTestConnection(dataSource: DataSource) {
  const [chosen, setChosen] = useState<string>();
  const { connections } = dataSource;
  return [connections.find(({ id }) => id === chosen) ?? connections[0], setChosen] as const;
}

interface TestConnectionProps {
  dataSource: DataSource;
  connection: Connection;
  onChoose: (connectionId: string) => void;
}

/** With one connection there is nothing to choose. */
function TestConnection({ dataSource, connection, onChoose }: TestConnectionProps) {
  if (dataSource.connections.length < 2) return undefined;
  return (
    <NativeSelect
      className={classes.connection}
      aria-label={text.setUp.testConnection}
      value={connection.id}
      data={dataSource.connections.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

function Ways({ connection, dataSource, application, onChoose }: TryACallProps & TestConnectionProps) {
  const { verification } = useVerification(connection.id);
  // An unsigned line would be refused.
  const isChecked = verification?.state === 'checked';
  return (
    <div className={classes.ways}>
      <p className={classes.words}>{isChecked ? text.setUp.tryCheckedWords : text.setUp.tryWords}</p>
      <TestConnection dataSource={dataSource} connection={connection} onChoose={onChoose} />
      {!isChecked && (
        <CodeLine
          value={curlLine(connection.localUrl, application?.sample)}
          copyLabel={text.setUp.copyCurl}
        />
      )}
      <SendButton connection={connection} dataSource={dataSource} />
    </div>
  );
}

/** The button alone, with its choice of connection. */
export function SendTest({ dataSource }: { dataSource: DataSource }) {
  const [connection, choose] = useTestConnection(dataSource);
  if (!connection) return undefined;
  return (
    <div className={classes.send}>
      <TestConnection dataSource={dataSource} connection={connection} onChoose={choose} />
      <SendButton key={connection.id} connection={connection} dataSource={dataSource} />
    </div>
  );
}

function SendButton({ connection, dataSource }: { connection: Connection; dataSource: DataSource }) {
  const action = useAction('dataSources.sendTest');
  const [sent, setSent] = useState<{ status: number; note?: string | undefined }>();
  async function send() {
    setSent(undefined);
    const answer = await action.run({ id: dataSource.id, connectionId: connection.id });
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
