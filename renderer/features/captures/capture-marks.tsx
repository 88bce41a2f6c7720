// The marks of one call: pin, tags, note. Each is saved as it is made.
import { ActionIcon, Button, Textarea, TextInput, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconNote, IconPin, IconPinFilled, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CaptureSummary } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './capture-detail.module.css';
import { FilterValue } from './filter-value.tsx';

const words = text.captures.marks;

export function PinButton({ capture }: { capture: CaptureSummary }) {
  const mark = useAction('captures.mark');
  const label = capture.pinned ? words.unpin : words.pin;
  // Beside the button there is no room for a reason.
  useEffect(() => {
    if (!mark.problem) return;
    const { what, why } = problemWords(mark.problem, words.notMarked);
    notifications.show({ title: what, message: why, color: 'red', withBorder: true });
  }, [mark.problem]);
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={capture.pinned === true}
        loading={mark.running}
        onClick={() => void mark.run({ ids: [capture.id], pinned: !capture.pinned })}
      >
        {capture.pinned ? (
          <IconPinFilled size={16} aria-hidden />
        ) : (
          <IconPin size={16} stroke={1.7} aria-hidden />
        )}
      </ActionIcon>
    </Tooltip>
  );
}

export function CaptureMarks({ capture }: { capture: CaptureSummary }) {
  const mark = useAction('captures.mark');
  const [tag, setTag] = useState('');
  const [draft, setDraft] = useState<string>();

  async function saveNote() {
    if (await mark.run({ ids: [capture.id], note: draft ?? '' })) setDraft(undefined);
  }

  return (
    <div className={classes.marks}>
      <div className={classes.tags}>
        {capture.tags?.map((each) => (
          <span key={each} className={classes.tag}>
            <FilterValue term={`tag:${each}`}>{each}</FilterValue>
            <button
              type="button"
              aria-label={words.dropTag(each)}
              onClick={() => void mark.run({ ids: [capture.id], dropTags: [each] })}
            >
              <IconX size={12} aria-hidden />
            </button>
          </span>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (tag.trim() !== '')
              void mark.run({ ids: [capture.id], addTags: [tag] }).then((done) => done && setTag(''));
          }}
        >
          <TextInput
            size="xs"
            className={classes.tagInput}
            aria-label={words.addTag}
            placeholder={words.addTag}
            value={tag}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
        </form>
        {draft === undefined && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconNote size={14} aria-hidden />}
            onClick={() => setDraft(capture.note ?? '')}
          >
            {capture.note === undefined ? words.addNote : words.editNote}
          </Button>
        )}
      </div>
      {draft === undefined ? (
        capture.note !== undefined && <p className={classes.note}>{capture.note}</p>
      ) : (
        <div className={classes.noteForm}>
          <Textarea
            autosize
            minRows={2}
            maxRows={8}
            autoFocus
            aria-label={words.note}
            placeholder={words.notePlaceholder}
            maxLength={4000}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void saveNote();
              if (event.key === 'Escape') {
                event.stopPropagation();
                setDraft(undefined);
              }
            }}
          />
          <div className={classes.line}>
            <Button size="xs" loading={mark.running} onClick={() => void saveNote()}>
              {words.saveNote}
            </Button>
            <Button size="xs" variant="default" onClick={() => setDraft(undefined)}>
              {words.cancel}
            </Button>
          </div>
        </div>
      )}
      {mark.problem && <ProblemNotice {...problemWords(mark.problem, words.notMarked)} />}
    </div>
  );
}
