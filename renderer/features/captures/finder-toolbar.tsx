// What stands over the list of captures: the search, saved searches, replay and files of what was found, the outcomes. Rendered only where
// something of it changed: another call is chosen with every press of a key.
import { Button, SegmentedControl } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { memo, type RefObject } from 'react';
import { type Outcome, outcome as outcomes, replaceField } from '#contract';
import { text } from '../../text/en.ts';
import { useReplay } from '../replay/use-replay.ts';
import { CallFilesMenu } from '../transfer/call-files-menu.tsx';
import classes from './captures-section.module.css';
import { QueryBar } from './query-bar.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import type { KnownValues } from './suggest-terms.ts';

interface FinderToolbarProps {
  query: string;
  dataSourceId: string | undefined;
  /** Of the outcomes the one that the query asks for; 'all' for none, '' for several. */
  segment: string;
  /** Calls that were chosen one by one. */
  ids: readonly string[];
  known: KnownValues;
  engineFault: { message: string; at: { offset: number; length: number } | undefined } | undefined;
  input: RefObject<HTMLInputElement | null>;
  showsKeys: boolean;
  onShowKeys: (shows: boolean) => void;
  onQuery: (query: string) => void;
}

export const FinderToolbar = memo(function FinderToolbar(props: FinderToolbarProps) {
  const { query, dataSourceId, segment, ids, known, engineFault, input, onQuery } = props;
  const replay = useReplay();
  return (
    <div className={classes.toolbar}>
      <QueryBar query={query} onQuery={onQuery} input={input} engineFault={engineFault} known={known} />
      <SavedSearches query={query} dataSourceId={dataSourceId} onQuery={onQuery} />
      <Button
        variant="default"
        leftSection={<IconRepeat size={16} aria-hidden />}
        onClick={() =>
          replay.replayByFilter({
            ...(query !== '' && { query }),
            ...(dataSourceId !== undefined && { dataSourceId }),
          })
        }
      >
        {text.captures.replayFound}
      </Button>
      <CallFilesMenu selected={ids} query={query} dataSourceId={dataSourceId} />
      <ShortcutsHelp isOpen={props.showsKeys} onOpen={props.onShowKeys} />
      <SegmentedControl
        aria-label={text.captures.filter}
        value={segment}
        onChange={(value) => onQuery(replaceField(query, 'status', value === 'all' ? undefined : value))}
        data={[
          { value: 'all', label: text.captures.all },
          ...outcomes.options.map((value: Outcome) => ({ value, label: text.captures.outcomes[value] })),
        ]}
      />
    </div>
  );
});
