// The second step: the name, beside what Hookbench knows about the application.
import { Button, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { ApplicationFacts } from './application-facts.tsx';
import styles from './name-data-source.module.css';

const words = text.newDataSource;

export function NameDataSource({
  applicationId,
  file,
  onBack,
  onCreated,
}: {
  applicationId: string | undefined;
  /** A source of files rather than of calls. */
  file: boolean;
  onBack: () => void;
  onCreated: (id: string) => void;
}) {
  const known = useCall('applications.get', applicationId === undefined ? undefined : { id: applicationId });
  const application = known.data?.application;
  const [typed, setTyped] = useState<string>();
  const [touched, setTouched] = useState(false);
  const create = useAction('dataSources.create');
  const name = typed ?? application?.name ?? '';
  const atName = problemAt(create.problem, 'name');
  const missing = touched && name.trim() === '';

  async function submit() {
    setTouched(true);
    if (name.trim() === '') return;
    const answer = await create.run({
      kind: file ? 'file' : 'cloudApplication',
      ...(applicationId !== undefined && { applicationId }),
      name: name.trim(),
    });
    if (answer) onCreated(answer.dataSource.id);
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
          <div className={styles.chosen}>
            <BrandIcon icon={application?.icon} name={application?.name ?? ''} size={40} />
            <div className={styles.chosenWords}>
              <span className={styles.chosenName}>
                {file
                  ? text.frame.spreadsheetsFiles
                  : applicationId === undefined
                    ? words.newCustomSource
                    : (application?.name ?? ' ')}
              </span>
              <span className={styles.category}>
                {file
                  ? text.frame.spreadsheetsFilesAbout
                  : (application?.category ?? words.newCustomSourceAbout)}
              </span>
            </div>
          </div>
          <TextInput
            key={application ? 'known' : 'typed'}
            label={words.name}
            description={words.nameAbout}
            placeholder={words.namePlaceholder}
            value={name}
            error={missing ? words.nameMissing : atName}
            maxLength={120}
            autoComplete="off"
            data-autofocus
            autoFocus
            onFocus={(event) => typed === undefined && event.currentTarget.select()}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              create.clear();
            }}
          />
          {create.problem && atName === undefined && (
            <ProblemNotice {...problemWords(create.problem, words.notCreated)} />
          )}
          {known.problem && (
            <ProblemNotice {...problemWords(known.problem)} action={{ label: words.back, onPress: onBack }} />
          )}
        </div>
        <aside className={styles.facts} aria-label={words.known}>
          <h3 className={styles.factsTitle}>{words.known}</h3>
          {applicationId === undefined ? (
            <p className={styles.customKnown}>{file ? text.imports.fileKnown : words.customKnown}</p>
          ) : (
            <ApplicationFacts application={application} />
          )}
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
        <Button type="submit" loading={create.running} disabled={known.problem !== undefined}>
          {words.create}
        </Button>
      </div>
    </form>
  );
}
