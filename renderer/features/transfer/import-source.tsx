// "Import a data source": a file that was exported becomes a new data source; what is left to do is listed.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { CallOutput } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './transfer.module.css';

const words = text.transfer;

export function ImportSource() {
  const chooser = useRef<HTMLInputElement>(null);
  const make = useAction('dataSources.importFile');
  const [made, setMade] = useState<CallOutput<'dataSources.importFile'>>();
  const [, navigate] = useLocation();

  async function take(file: File) {
    const answer = await make.run({ text: await file.text() });
    if (answer) setMade(answer);
  }
  function close() {
    setMade(undefined);
    make.clear();
  }

  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        loading={make.running}
        onClick={() => chooser.current?.click()}
      >
        {words.importSource}
      </Button>
      <input
        ref={chooser}
        className={classes.input}
        type="file"
        accept=".json"
        aria-label={words.sourceFile}
        tabIndex={-1}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (chosen) void take(chosen);
        }}
      />
      <Modal
        opened={made !== undefined || make.problem !== undefined}
        onClose={close}
        title={words.importSource}
        closeButtonProps={{ 'aria-label': text.window.close }}
        centered
      >
        <Stack gap="lg">
          {make.problem && <ProblemNotice {...problemWords(make.problem, words.sourceNotMade)} />}
          {made && (
            <div role="status">
              <p className={classes.words}>{words.sourceMade(made.dataSource.name)}</p>
              {made.notes.length > 0 && (
                <>
                  <p className={classes.hint}>{words.leftToDo}</p>
                  <ul className={classes.sources}>
                    {made.notes.map((note) => (
                      <li key={note}>
                        <PayloadText text={note} />
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </div>
          )}
          <Group justify="flex-end">
            <Button variant={made ? 'default' : 'filled'} onClick={close}>
              {words.close}
            </Button>
            {made && (
              <Button onClick={() => navigate(paths.dataSource(made.dataSource.id))}>
                {words.openSource}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
