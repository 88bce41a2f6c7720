// Deleting a data source: the question names what goes, the notification afterwards brings it back for ten seconds.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import type { DataSource } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './care.module.css';
import { closeButton } from './rotate-url.tsx';

const words = text.care;

interface DeleteDataSourceProps {
  source: DataSource;
  opened: boolean;
  onClose: () => void;
}

export function DeleteDataSource({ source, opened, onClose }: DeleteDataSourceProps) {
  const [, navigate] = useLocation();
  const remove = useAction('dataSources.delete');
  const { captures, items } = source.counts;

  async function run() {
    const answer = await remove.run({ id: source.id });
    if (!answer) return;
    onClose();
    navigate(paths.enterpriseComponents);
    const id = `deleted-${source.id}`;
    notifications.show({
      id,
      title: words.deleted(source.name),
      message: <Undo source={source} notificationId={id} />,
      autoClose: Math.max(1000, Date.parse(answer.undoUntil) - Date.now()),
      withBorder: true,
      closeButtonProps: closeButton,
    });
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.deleteTitle(source.name)}
      closeButtonProps={closeButton}
      centered
    >
      <Stack gap="lg">
        <div>
          <p className={classes.lead}>{words.deleteWords(captures, items)}</p>
          <p className={classes.words}>{words.deleteAbout}</p>
        </div>
        {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notDeleted)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button className={classes.danger} loading={remove.running} onClick={() => void run()}>
            {words.delete}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Undo({ source, notificationId }: { source: DataSource; notificationId: string }) {
  const undo = useAction('dataSources.undoDelete');
  const [, navigate] = useLocation();

  async function run() {
    const answer = await undo.run({ id: source.id });
    if (!answer) return;
    navigate(paths.dataSource(source.id));
    notifications.update({
      id: notificationId,
      title: words.restored(source.name),
      message: '',
      autoClose: 3000,
    });
  }

  if (undo.problem) return <ProblemNotice {...problemWords(undo.problem, words.notRestored)} />;
  return (
    <Button size="xs" variant="default" loading={undo.running} onClick={() => void run()}>
      {words.undo}
    </Button>
  );
}
