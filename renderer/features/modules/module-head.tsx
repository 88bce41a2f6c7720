// The head of a module: name, state, the switch, and what can be done with it as a whole.
import { ActionIcon, Menu, Switch, Tooltip } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Module } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useClient } from '../../api/use-client.tsx';
import { paths } from '../../app/paths.ts';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { offerUndo } from '../solutions/offer-undo.tsx';
import { BlockedNotice } from './blocked-notice.tsx';
import classes from './builder.module.css';
import screenClasses from './module-screen.module.css';
import { ModuleStateBadge } from './module-state.tsx';

const words = text.modules;

export function ModuleHead({ module, onChanged }: { module: Module; onChanged: () => void }) {
  const [, navigate] = useLocation();
  const client = useClient();
  const switching = useAction('modules.setEnabled');
  const remove = useAction('modules.delete');

  async function setEnabled(enabled: boolean) {
    if (await switching.run({ id: module.id, enabled })) onChanged();
  }
  async function run() {
    const answer = await remove.run({ id: module.id });
    if (!answer) return;
    navigate(paths.solution(module.solutionId));
    offerUndo({
      id: `deleted-${module.id}`,
      title: words.deleted(module.name),
      undoUntil: answer.undoUntil,
      restored: words.restored(module.name),
      undo: () => client.call('modules.undoDelete', { id: module.id }),
    });
  }

  return (
    <>
      <header className={screenClasses.head}>
        <h1 className={screenClasses.title}>
          <MiddleEllipsis>{module.name}</MiddleEllipsis>
        </h1>
        <ModuleStateBadge state={module.state} />
        <span className={screenClasses.headEnd}>
          <Tooltip label={words.enabledHint} multiline maw={280}>
            <div>
              <Switch
                size="sm"
                label={words.enabled}
                checked={module.enabled}
                disabled={switching.running}
                onChange={(event) => void setEnabled(event.currentTarget.checked)}
              />
            </div>
          </Tooltip>
          <Menu position="bottom-end">
            <Menu.Target>
              <Tooltip label={words.menu}>
                <ActionIcon aria-label={words.menu} loading={remove.running}>
                  <IconDots size={18} stroke={1.8} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                className={classes.bad}
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => void run()}
              >
                {words.delete}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </header>
      {(module.state === 'blocked' || switching.problem || remove.problem) && (
        <div className={screenClasses.notices}>
          <BlockedNotice module={module} onMended={onChanged} />
          {switching.problem && <ProblemNotice {...problemWords(switching.problem, words.notSwitched)} />}
          {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notDeleted)} />}
        </div>
      )}
    </>
  );
}
