// The buttons of modules with Button Clicked, on an item in View Data: pressing one runs its module for the item.
import { notifications } from '@mantine/notifications';
import { IconBolt } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Item, Module } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';

const words = text.modules;
const shownMs = 8000;

export function ItemButtons({ item }: { item: Item }) {
  const { dataSourceId } = item;
  const list = useCall('modules.list', { dataSourceId });
  useEvent('modules.changed', list.refetch);
  useEvent('solutions.changed', list.refetch);
  const buttons =
    list.data?.modules.filter(
      (module) =>
        module.dataSourceId === dataSourceId && module.enabled && module.trigger.kind === 'buttonClicked',
    ) ?? [];
  if (buttons.length === 0) return undefined;
  return (
    <section className={classes.itemButtons} aria-label={words.buttons}>
      {buttons.map((module) => (
        <ItemButton key={module.id} module={module} item={item} />
      ))}
    </section>
  );
}

function ItemButton({ module, item }: { module: Module; item: Item }) {
  const press = useAction('modules.press');
  const label = (module.trigger.kind === 'buttonClicked' && module.trigger.label) || module.name;

  async function run() {
    const answer = await press.run({ id: module.id, itemId: item.id });
    if (!answer) return false;
    const id = `pressed-${answer.run.id}`;
    notifications.show({
      id,
      title: words.pressed(label),
      message: (
        <Link href={paths.run(module.id, answer.run.id)} onClick={() => notifications.hide(id)}>
          {words.openRun}
        </Link>
      ),
      autoClose: shownMs,
      withBorder: true,
      closeButtonProps: { 'aria-label': text.window.close },
    });
    return true;
  }

  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        leftSection={<IconBolt size={14} aria-hidden />}
        onPress={run}
      >
        {label}
      </ActionButton>
      {press.problem && <ProblemNotice {...problemWords(press.problem, words.notPressed(label))} />}
    </>
  );
}
