// What can be done with several chosen calls at once.
import { Button, TextInput } from '@mantine/core';
import { IconArrowsDiff, IconPin, IconRepeat, IconTag, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { CaptureSummary } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './captures-section.module.css';

const words = text.captures;

interface ChosenBarProps {
  choice: { ids: readonly string[]; clear(): void };
  rows: readonly CaptureSummary[];
  onCompare: () => void;
  onReplay: () => void;
}

export function ChosenBar({ choice, rows, onCompare, onReplay }: ChosenBarProps) {
  const mark = useAction('captures.mark');
  const [tag, setTag] = useState('');
  if (choice.ids.length === 0) return null;
  const ids = [...choice.ids];
  const arePinned = rows.filter(({ id }) => ids.includes(id)).every(({ pinned }) => pinned);
  return (
    <div className={classes.chosen} role="toolbar" aria-label={words.selection.label}>
      <strong aria-live="polite">{words.selection.chosen(ids.length)}</strong>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPin size={14} aria-hidden />}
        loading={mark.running}
        onClick={() => void mark.run({ ids, pinned: !arePinned })}
      >
        {arePinned ? words.marks.unpin : words.marks.pin}
      </Button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (tag.trim() !== '') void mark.run({ ids, addTags: [tag] }).then((done) => done && setTag(''));
        }}
      >
        <TextInput
          size="xs"
          className={classes.tagInput}
          aria-label={words.marks.addTag}
          placeholder={words.marks.addTag}
          leftSection={<IconTag size={14} aria-hidden />}
          value={tag}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
      </form>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRepeat size={14} aria-hidden />}
        onClick={onReplay}
      >
        {words.selection.replay}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowsDiff size={14} aria-hidden />}
        disabled={ids.length !== 2}
        title={ids.length === 2 ? undefined : words.selection.compareHint}
        onClick={onCompare}
      >
        {words.selection.compare}
      </Button>
      <Button size="xs" variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={choice.clear}>
        {words.selection.clear}
      </Button>
      {mark.problem && <ProblemNotice {...problemWords(mark.problem, words.marks.notMarked)} />}
    </div>
  );
}
