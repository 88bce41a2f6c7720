// "Incoming Configuration": the webhook URL of this connection, its rotation, what it answers and takes, and how its calls are verified.
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { Application, Connection, DataSource } from '#contract';
import { formatAbsolute } from '../../design/formats.ts';
import { WindowHalves } from '../../design/window-halves.tsx';
import { text } from '../../text/en.ts';
import { RotateUrl } from '../data-source/rotate-url.tsx';
import { ReceivingPanel } from '../receiving/receiving-panel.tsx';
import { WebhookAddress } from '../set-up/webhook-address.tsx';
import { VerificationPanel } from '../verification/verification-panel.tsx';
import classes from './connections.module.css';

const words = text.connections;

interface IncomingTabProps {
  source: DataSource;
  connection: Connection;
  application: Application | undefined;
}

export function IncomingTab({ source, connection, application }: IncomingTabProps) {
  const [rotating, setRotating] = useState(false);
  return (
    <>
      <WindowHalves side={<VerificationPanel connectionId={connection.id} />}>
        <WebhookAddress connection={connection} />
        {connection.formerUrlUntil && (
          <p className={classes.hint}>
            {text.care.formerUntil(formatAbsolute(new Date(connection.formerUrlUntil)))}
          </p>
        )}
        <div className={classes.rotate}>
          <span>{words.rotateAbout}</span>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => setRotating(true)}
          >
            {words.rotate}
          </Button>
        </div>
        <ReceivingPanel connectionId={connection.id} />
      </WindowHalves>
      <RotateUrl
        source={source}
        application={application}
        connection={connection}
        opened={rotating}
        onClose={() => setRotating(false)}
      />
    </>
  );
}
