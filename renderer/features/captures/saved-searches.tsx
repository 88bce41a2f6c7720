// Saved searches: the ones for all sources and those of the source at hand; the present search can be kept under a name.
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedSearch } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './captures-section.module.css';

const words = text.captures.search;
const undoMs = 10_000;

interface SavedSearchesProps {
  query: string;
  dataSourceId: string | undefined;
  onQuery: (query: string) => void;
}

export function SavedSearches({ query, dataSourceId, onQuery }: SavedSearchesProps) {
  const [isOpen, setOpen] = useState(false);
  const list = useCall('searches.list', {});
  useEvent('searches.changed', list.refetch);
  const save = useAction('searches.save');
  const remove = useAction('searches.remove');
  const [name, setName] = useState('');
  const shown =
    list.data?.searches.filter(
      (search) => search.dataSourceId === undefined || search.dataSourceId === dataSourceId,
    ) ?? [];

  async function keep() {
    const saved = await save.run({ name, query, ...(dataSourceId !== undefined && { dataSourceId }) });
    if (saved) setName('');
  }

  async function drop(search: SavedSearch) {
    if (!(await remove.run({ id: search.id }))) return;
    const { name: kept, query: keptQuery, dataSourceId: of } = search;
    notifications.show({
      id: search.id,
      title: words.removed(kept),
      message: (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            void save.run({ name: kept, query: keptQuery, ...(of !== undefined && { dataSourceId: of }) });
            notifications.hide(search.id);
          }}
        >
          {words.undo}
        </Button>
      ),
      autoClose: undoMs,
      withBorder: true,
      closeButtonProps: { 'aria-label': text.window.close },
    });
  }

  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      withinPortal
      shadow="md"
      width={300}
    >
      <Popover.Target>
        <Tooltip label={words.saved}>
          <ActionIcon aria-label={words.saved} onClick={() => setOpen(!isOpen)}>
            <IconBookmark size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.saved}>
        {list.data && shown.length === 0 && <p className={classes.quiet}>{words.nothingSaved}</p>}
        {shown.length > 0 && (
          <ul className={classes.savedList}>
            {shown.map((search) => (
              <li key={search.id}>
                <button
                  type="button"
                  title={search.query}
                  onClick={() => {
                    setOpen(false);
                    onQuery(search.query);
                  }}
                >
                  <span>{search.name}</span>
                  <code>{search.query}</code>
                </button>
                <ActionIcon
                  size="sm"
                  aria-label={words.remove(search.name)}
                  onClick={() => void drop(search)}
                >
                  <IconTrash size={14} aria-hidden />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        <form
          className={classes.saveForm}
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <TextInput
            size="xs"
            label={words.save}
            placeholder={query === '' ? words.nothingToSave : words.saveAs}
            disabled={query === ''}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            size="xs"
            type="submit"
            variant="default"
            loading={save.running}
            disabled={query === '' || name.trim() === ''}
          >
            {words.saveAction}
          </Button>
        </form>
        {save.problem && <ProblemNotice {...problemWords(save.problem, words.notSaved)} />}
        {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notRemoved)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
