// The first step of "Custom / Internal API": a new custom data source, or one that is there already.
import { UnstyledButton } from '@mantine/core';
import { IconApi, IconChevronRight } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { homeOf } from '../../app/paths.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import styles from './choose-application.module.css';

const words = text.newDataSource;

export function ChooseCustomSource({ onNew }: { onNew: () => void }) {
  const [, navigate] = useLocation();
  const list = useCall('dataSources.list', {});
  const existing = list.data?.dataSources.filter(({ kind }) => kind === 'custom') ?? [];
  return (
    <div className={styles.step}>
      <div className={styles.customNew}>
        <p className={styles.customAbout}>{words.customAbout}</p>
        <UnstyledButton className={styles.own} onClick={onNew} data-autofocus>
          <span className={styles.ownIcon}>
            <IconApi size={18} stroke={1.8} aria-hidden />
          </span>
          <span className={styles.words}>
            <span className={styles.name}>{words.newCustomDataSource}</span>
            <span className={styles.category}>{words.newCustomDataSourceAbout}</span>
          </span>
          <IconChevronRight size={16} className={styles.arrow} aria-hidden />
        </UnstyledButton>
      </div>
      {list.problem && (
        <div className={styles.notice}>
          <ProblemNotice
            {...problemWords(list.problem, words.sourcesNotRead)}
            action={{ label: text.problems.tryAgain, onPress: list.refetch, busy: list.loading }}
          />
        </div>
      )}
      {existing.length > 0 && (
        <section className={styles.existing} aria-label={words.existing}>
          <h3 className={styles.existingTitle}>{words.existing}</h3>
          {existing.map((source) => (
            <UnstyledButton key={source.id} className={styles.own} onClick={() => navigate(homeOf(source))}>
              <BrandIcon icon={source.icon} name={source.name} size={32} />
              <span className={styles.words}>
                <span className={styles.name}>{source.name}</span>
                <span className={styles.category}>{words.entries[source.entry]}</span>
              </span>
              <IconChevronRight size={16} className={styles.arrow} aria-hidden />
            </UnstyledButton>
          ))}
        </section>
      )}
    </div>
  );
}
