// The first step: the catalog with its search, and the custom source for everything that is not in it.

import { Skeleton, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronRight, IconSearch, IconWebhook } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { ApplicationSummary } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { nextIndex } from '../../design/virtual-table-model.ts';
import { text } from '../../text/en.ts';
import styles from './choose-application.module.css';

const words = text.newDataSource;
const skeletons = [1, 2, 3, 4, 5, 6, 7];

/** `onChoose(undefined)` is the custom source. */
export function ChooseApplication({
  onChoose,
}: {
  onChoose: (application: ApplicationSummary | undefined) => void;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 80);
  const catalog = useCall('applications.list', asked ? { search: asked } : {}, { keepPrevious: true });
  const applications = catalog.data?.applications;
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const count = applications?.length ?? 0;
  const index = Math.min(active, count - 1);

  // Enter straight after typing waits for the list of what was typed: never an entry of the list before it.
  const listed = search.trim() === asked && applications !== undefined && !catalog.previous;
  const [enterWaits, setEnterWaits] = useState(false);
  const chooseFirst = useEffectEvent(() => {
    const first = applications?.[0];
    if (first) onChoose(first);
  });

  useEffect(() => {
    if (asked !== undefined) setActive(0);
  }, [asked]);

  useEffect(() => {
    if (!enterWaits || !listed) return;
    setEnterWaits(false);
    chooseFirst();
  }, [enterWaits, listed]);

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>) {
    const application = applications?.[index];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!listed) setEnterWaits(true);
      else if (application) onChoose(application);
      return;
    }
    if (event.key === 'Home' || event.key === 'End') return;
    const next = nextIndex(event.key, index, count, 8);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <div className={styles.step}>
      <div className={styles.search}>
        <TextInput
          type="search"
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={count > 0 ? `${id}-${index}` : undefined}
          aria-label={words.search}
          placeholder={words.search}
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
          value={search}
          data-autofocus
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setEnterWaits(false);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {catalog.problem && !applications && (
        <div className={styles.notice}>
          <ProblemNotice
            {...problemWords(catalog.problem, words.failed)}
            action={{ label: text.problems.tryAgain, onPress: catalog.refetch, busy: catalog.loading }}
          />
        </div>
      )}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={words.applications}
        className={styles.list}
      >
        {applications?.map((application, position) => (
          <div
            key={application.id}
            id={`${id}-${position}`}
            role="option"
            tabIndex={-1}
            aria-selected={position === index}
            className={styles.entry}
            onClick={() => onChoose(application)}
            onKeyDown={(event) => event.key === 'Enter' && onChoose(application)}
            onPointerMove={() => setActive(position)}
          >
            <BrandIcon icon={application.icon} name={application.name} size={32} />
            <span className={styles.words}>
              <span className={styles.name}>
                {application.name} <em className={styles.custom}>{words.customSource}</em>
              </span>
              <span className={styles.category}>{application.category}</span>
            </span>
            <IconChevronRight size={16} className={styles.arrow} aria-hidden />
          </div>
        ))}
        {!applications &&
          !catalog.problem &&
          skeletons.map((row) => (
            <div key={row} className={styles.entry} aria-hidden>
              <Skeleton width={32} height={32} />
              <span className={styles.words}>
                <Skeleton height={12} width="40%" mb={6} />
                <Skeleton height={10} width="20%" />
              </span>
            </div>
          ))}
      </div>
      {applications && count === 0 && (
        <div className={styles.none} role="status">
          <strong>{words.noMatch(asked)}</strong>
          <span>{words.noMatchAbout}</span>
        </div>
      )}
      <div className={styles.foot}>
        <UnstyledButton className={styles.own} onClick={() => onChoose(undefined)}>
          <span className={styles.ownIcon}>
            <IconWebhook size={18} stroke={1.8} aria-hidden />
          </span>
          <span className={styles.words}>
            <span className={styles.name}>{words.newCustomSource}</span>
            <span className={styles.category}>{words.newCustomSourceAbout}</span>
          </span>
          <IconChevronRight size={16} className={styles.arrow} aria-hidden />
        </UnstyledButton>
      </div>
    </div>
  );
}
