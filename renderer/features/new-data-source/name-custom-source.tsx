// The second step of "Custom / Internal API": the name and how the data comes, beside what follows from the choice.
import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { type DataSource, dataSourceEntry } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import styles from './name-data-source.module.css';
import type { CustomSourceDraft } from './new-custom-source-window.tsx';

const words = text.newDataSource;

interface NameCustomSourceProps {
  draft: CustomSourceDraft;
  onDraft: (draft: CustomSourceDraft) => void;
  onBack: () => void;
  onCreated: (source: DataSource) => void;
}

export function NameCustomSource({ draft, onDraft, onBack, onCreated }: NameCustomSourceProps) {
  const [touched, setTouched] = useState(false);
  const create = useAction('dataSources.create');
  const name = draft.name.trim();
  const atName = problemAt(create.problem, 'name');

  async function submit() {
    setTouched(true);
    if (name === '') return;
    const answer = await create.run({ kind: 'custom', entry: draft.entry, name });
    if (answer) onCreated(answer.dataSource);
  }

  return (
    <form
      className={styles.step}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className={styles.halves}>
        <div className={styles.half}>
          <TextInput
            label={words.displayName}
            description={words.nameAbout}
            placeholder={words.displayNamePlaceholder}
            value={draft.name}
            error={touched && name === '' ? words.nameMissing : atName}
            maxLength={120}
            autoComplete="off"
            data-autofocus
            autoFocus
            onChange={(event) => {
              onDraft({ ...draft, name: event.currentTarget.value });
              create.clear();
            }}
          />
          <Radio.Group
            label={words.entry}
            value={draft.entry}
            onChange={(value) => onDraft({ ...draft, entry: dataSourceEntry.parse(value) })}
          >
            <Stack gap="md" mt="xs">
              {dataSourceEntry.options.map((each) => (
                <Radio
                  key={each}
                  value={each}
                  label={words.entries[each]}
                  description={words.entriesAbout[each]}
                />
              ))}
            </Stack>
          </Radio.Group>
          {create.problem && atName === undefined && (
            <ProblemNotice {...problemWords(create.problem, words.notCreated)} />
          )}
        </div>
        <aside className={styles.facts} aria-label={words.whatFollows}>
          <h3 className={styles.factsTitle}>{words.whatFollows}</h3>
          <ul className={styles.follows}>
            {words.follows[draft.entry].map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </aside>
      </div>
      <div className={styles.foot}>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          {words.back}
        </Button>
        <Button type="submit" loading={create.running}>
          {words.create}
        </Button>
      </div>
    </form>
  );
}
