// What the catalog knows about an application, as questions that a builder has before connecting it.

import { Anchor, Skeleton } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Application } from '#contract';
import { formatDuration } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import styles from './application-facts.module.css';

const words = text.newDataSource;
const skeletons = [1, 2, 3, 4];
const shownEvents = 6;

interface Fact {
  title: string;
  words: string;
  unconfirmed?: boolean;
}

export function ApplicationFacts({ application }: { application: Application | undefined }) {
  if (!application) {
    return (
      <div className={styles.facts} aria-hidden>
        {skeletons.map((row) => (
          <Skeleton key={row} height={32} />
        ))}
      </div>
    );
  }
  return (
    <>
      <dl className={styles.facts}>
        {factsOf(application).map((fact) => (
          <div key={fact.title}>
            <dt className={styles.title}>{fact.title}</dt>
            <dd className={styles.words}>
              {fact.words}
              {fact.unconfirmed && ' '}
              {fact.unconfirmed && <span className={styles.unconfirmed}>{words.unconfirmed}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {application.docsUrl && (
        <Anchor className={styles.docs} href={application.docsUrl} target="_blank" rel="noreferrer">
          {words.docs(application.name)}
          <IconExternalLink size={14} aria-hidden />
        </Anchor>
      )}
    </>
  );
}

function factsOf(application: Application): Fact[] {
  const { urlCheck, signature, answerLimit, retries, events, contentTypes } = application;
  const facts: Fact[] = [];
  if (contentTypes.length > 0) facts.push({ title: words.sends, words: contentTypes.join(', ') });
  if (events.length > 0)
    facts.push({ title: words.events, words: eventWords(events.map((event) => event.name)) });
  if (urlCheck) facts.push({ title: words.urlCheck, ...worded(urlCheck) });
  if (signature) facts.push({ title: words.signature, ...worded(signature) });
  if (answerLimit) {
    facts.push({
      title: words.answerLimit,
      ...worded({ text: formatDuration(answerLimit.ms), certainty: answerLimit.certainty }),
    });
  }
  if (retries) facts.push({ title: words.retries, ...worded(retries) });
  return facts;
}

function worded(known: { text: string; certainty: 'confirmed' | 'unconfirmed' }) {
  return { words: known.text, unconfirmed: known.certainty === 'unconfirmed' };
}

function eventWords(names: readonly string[]): string {
  const more = names.length - shownEvents;
  return names.slice(0, shownEvents).join(', ') + (more > 0 ? words.moreEvents(more) : '');
}
