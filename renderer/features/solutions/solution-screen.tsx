// One solution: its modules, their runs, and the data sources that it may use.
import { ActionIcon, Button, Menu, Skeleton, Tooltip } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconPuzzle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, Redirect, useLocation, useParams } from 'wouter';
import type { Solution } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { paths } from '../../app/paths.ts';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { RunsList } from '../runs/runs-list.tsx';
import { offerUndo } from './offer-undo.tsx';
import { SolutionForm } from './solution-form.tsx';
import { SolutionModules } from './solution-modules.tsx';
import { SolutionSources } from './solution-sources.tsx';
import classes from './solutions.module.css';

const words = text.solutions;
const sections = ['modules', 'runs', 'data-sources'] as const;

export function SolutionScreen() {
  const { id, section } = useParams<{ id: string; section: string }>();
  const [, navigate] = useLocation();
  const { data, problem, refetch, loading } = useCall('solutions.get', { id });
  useEvent('solutions.changed', refetch);
  const known = sections.find((each) => each === section);
  if (!known) return <Redirect to={paths.solution(id)} replace />;
  if (problem) {
    return (
      <div className={classes.padded}>
        <ProblemNotice
          {...problemWords(problem, words.notShown)}
          action={
            problem.code === 'solution.missing'
              ? { label: words.openSolutions, onPress: () => navigate(paths.solutions) }
              : { label: text.problems.tryAgain, onPress: refetch, busy: loading }
          }
        />
      </div>
    );
  }
  return (
    <div className={classes.screen}>
      <SolutionHead
        id={id}
        solution={data?.solution}
        // An empty list offers it itself.
        offersModule={known !== 'modules' || data?.solution.counts.modules !== 0}
        onChanged={refetch}
      />
      <nav className={classes.tabs} aria-label={words.sections}>
        {sections.map((each) => (
          <Link
            key={each}
            href={paths.solution(id, each)}
            className={classes.tab}
            aria-current={each === known ? 'page' : undefined}
          >
            {words.section[each]}
          </Link>
        ))}
      </nav>
      {known === 'modules' && <SolutionModules solutionId={id} />}
      {known === 'runs' && <RunsList of={{ solutionId: id }} />}
      {known === 'data-sources' && <SolutionSources solutionId={id} />}
    </div>
  );
}

interface SolutionHeadProps {
  id: string;
  solution: Solution | undefined;
  offersModule: boolean;
  onChanged: () => void;
}

function SolutionHead({ id, solution, offersModule, onChanged }: SolutionHeadProps) {
  const [, navigate] = useLocation();
  const client = useClient();
  const [isEdited, setEdited] = useState(false);
  const remove = useAction('solutions.delete');

  async function run(name: string) {
    const answer = await remove.run({ id });
    if (!answer) return;
    navigate(paths.solutions);
    offerUndo({
      id: `deleted-${id}`,
      title: words.deleted(name, answer.modules),
      undoUntil: answer.undoUntil,
      restored: words.restored(name),
      undo: () => client.call('solutions.undoDelete', { id }),
    });
  }

  if (!solution) {
    return (
      <header className={classes.head}>
        <Skeleton height={20} width="30%" />
      </header>
    );
  }
  return (
    <>
      <header className={classes.head}>
        <IconPuzzle className={classes.mark} size={22} stroke={1.6} aria-hidden />
        <div className={classes.headWords}>
          <h1 className={classes.title}>
            <MiddleEllipsis>{solution.name}</MiddleEllipsis>
          </h1>
          {solution.description !== '' && <p className={classes.about}>{solution.description}</p>}
        </div>
        {offersModule && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => navigate(paths.newModule(id))}
          >
            {text.modules.newModule}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={words.menu}>
              <ActionIcon aria-label={words.menu} loading={remove.running}>
                <IconDots size={18} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEdited(true)}>
              {words.edit}
            </Menu.Item>
            <Menu.Item
              className={classes.danger}
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => void run(solution.name)}
            >
              {words.delete}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {remove.problem && (
        <div className={classes.problem}>
          <ProblemNotice {...problemWords(remove.problem, words.notDeleted)} />
        </div>
      )}
      <SolutionForm
        solution={solution}
        opened={isEdited}
        onClose={() => setEdited(false)}
        onSaved={() => {
          setEdited(false);
          onChanged();
        }}
      />
    </>
  );
}
