// What comparisons of a data source leave out: paths and headers, remembered by the engine.
import { Button, Popover, TextInput } from '@mantine/core';
import { IconEyeOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Problem } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './compare-screen.module.css';

const words = text.captures.compare;

export interface Ignored {
  /** Undefined until it is known. */
  paths: readonly string[] | undefined;
  add(path: string): Promise<boolean>;
  drop(path: string): Promise<boolean>;
  running: boolean;
  problem: Problem | undefined;
}

export function useIgnored(dataSourceId: string | undefined): Ignored {
  const kept = useCall('captures.ignored', dataSourceId === undefined ? undefined : { dataSourceId });
  const ignore = useAction('captures.ignore');
  const paths = kept.data?.paths;
  async function put(next: string[]): Promise<boolean> {
    if (dataSourceId === undefined) return false;
    const done = await ignore.run({ dataSourceId, paths: next });
    if (done) kept.refetch();
    return done !== undefined;
  }
  return {
    paths,
    add: (path) => put([...(paths ?? []), path]),
    drop: (path) => put((paths ?? []).filter((each) => each !== path)),
    running: ignore.running,
    problem: ignore.problem,
  };
}

export function IgnoredPaths({ ignored }: { ignored: Ignored }) {
  const [typed, setTyped] = useState('');
  const paths = ignored.paths ?? [];
  return (
    <Popover position="bottom-start" trapFocus withinPortal shadow="md" width={320}>
      <Popover.Target>
        <Button
          size="xs"
          variant={paths.length > 0 ? 'light' : 'default'}
          leftSection={<IconEyeOff size={14} aria-hidden />}
        >
          {words.ignore} ({paths.length})
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.ignore}>
        <p className={classes.quiet}>{words.ignoreAbout}</p>
        <ul className={classes.ignored}>
          {paths.map((path) => (
            <li key={path}>
              <code>{path}</code>
              <button
                type="button"
                aria-label={words.stopIgnoring(path)}
                onClick={() => void ignored.drop(path)}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') void ignored.add(typed.trim()).then((done) => done && setTyped(''));
          }}
        >
          <TextInput
            size="xs"
            aria-label={words.ignoreAdd}
            placeholder={words.ignoreAdd}
            value={typed}
            disabled={ignored.running}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </form>
        {ignored.problem && <ProblemNotice {...problemWords(ignored.problem, words.notIgnored)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
