// Rotating the webhook URL: what becomes of the old one, then the new one with the step in which it is pasted.
import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Application, Connection, DataSource } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { CodeLine } from '../../design/code-line.tsx';
import { formatAbsolute } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './care.module.css';

const words = text.care;

interface RotateUrlProps {
  source: DataSource;
  application: Application | undefined;
  /** The first one of the source where left out. */
  connection?: Connection;
  opened: boolean;
  onClose: () => void;
}

export function RotateUrl({ source, application, connection, opened, onClose }: RotateUrlProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.rotateTitle}
      closeButtonProps={closeButton}
      centered
    >
      {opened && (
        <RotateForm
          source={source}
          application={application}
          onClose={onClose}
          {...(connection && { connection })}
        />
      )}
    </Modal>
  );
}

export const closeButton = { 'aria-label': text.window.close };

function RotateForm({ source, application, connection: chosen, onClose }: Omit<RotateUrlProps, 'opened'>) {
  const [keepFormer, setKeepFormer] = useState<'now' | 'later'>('later');
  const rotate = useAction('dataSources.rotateUrl');
  const [rotated, setRotated] = useState<DataSource>();

  async function run() {
    const answer = await rotate.run({
      id: source.id,
      keepFormer: keepFormer === 'later',
      ...(chosen && { connectionId: chosen.id }),
    });
    if (answer) setRotated(answer.dataSource);
  }

  const connection = rotated?.connections.find(({ id }, index) => (chosen ? id === chosen.id : index === 0));
  if (connection) {
    const step = application?.steps.find(({ pastesUrl }) => pastesUrl);
    return (
      <Stack gap="lg">
        <p className={classes.lead} role="status">
          {words.rotated}
        </p>
        <CodeLine value={connection.inboundUrl} copyLabel={words.copyUrl} />
        <div>
          <h3 className={classes.small}>{words.whereToPaste}</h3>
          <p className={classes.words}>{step?.text ?? words.whereToPasteCustom}</p>
          {step?.menu && <p className={classes.menu}>{step.menu.join(' › ')}</p>}
        </div>
        {connection.formerUrlUntil && (
          <p className={classes.words}>
            {words.formerUntil(formatAbsolute(new Date(connection.formerUrlUntil)))}
          </p>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {words.done}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="lg">
      <Radio.Group
        label={words.rotateWords}
        value={keepFormer}
        onChange={(value) => setKeepFormer(value === 'now' ? 'now' : 'later')}
      >
        <Stack gap="md" mt="md">
          <Radio
            value="later"
            label={words.rotateLater}
            description={words.rotateLaterAbout}
            data-autofocus
          />
          <Radio value="now" label={words.rotateNow} description={words.rotateNowAbout} />
        </Stack>
      </Radio.Group>
      {rotate.problem && <ProblemNotice {...problemWords(rotate.problem, words.notRotated)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button loading={rotate.running} onClick={() => void run()}>
          {words.rotateAction}
        </Button>
      </Group>
    </Stack>
  );
}
