// In what the answer of one result differs from the original one, or from that of another result: headers by name, the body by its paths.
import { Skeleton } from '@mantine/core';
import type { AnswerComparison } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { DifferenceRows, HeaderDifferences } from '../captures/difference-rows.tsx';
import classes from './attempt-detail.module.css';

const words = text.replay;

interface AnswerDifferencesProps {
  jobId: string;
  number: number;
  /** The number of another result; without it the original answer. */
  beside: number | undefined;
}

export function AnswerDifferences({ jobId, number, beside }: AnswerDifferencesProps) {
  const { data, problem, refetch } = useCall('replays.compare', {
    id: jobId,
    number,
    ...(beside !== undefined && { beside }),
  });
  const title = words.differencesTo(beside);
  return (
    <section className={classes.half} aria-label={title} aria-busy={!data && !problem}>
      <h2 className={classes.title}>{title}</h2>
      {problem && (
        <ProblemNotice
          {...problemWords(problem, words.notCompared)}
          action={{ label: text.problems.tryAgain, onPress: refetch }}
        />
      )}
      {!data && !problem && <Skeleton h={48} />}
      {data && <Compared answers={data} />}
    </section>
  );
}

function Compared({ answers: { comparison, leftOut, isPart } }: { answers: AnswerComparison }) {
  if (!comparison) return <p className={classes.muted}>{words.nothingToCompare}</p>;
  const headers = comparison.headers.filter(({ kind }) => kind !== 'same' && kind !== 'ignored');
  return (
    <>
      {headers.length === 0 ? (
        <p className={classes.line}>{words.sameHeaders}</p>
      ) : (
        <HeaderDifferences headers={headers} layout="unified" onlyDifferences />
      )}
      {comparison.differences === 0 ? (
        <p className={classes.line}>{words.sameBody}</p>
      ) : (
        <DifferenceRows rows={comparison.rows} layout="unified" onlyDifferences />
      )}
      {comparison.cut && <p className={classes.muted}>{text.captures.compare.cut}</p>}
      {isPart && <p className={classes.muted}>{words.comparedPart}</p>}
      <p className={classes.muted}>{words.leftOut(leftOut)}</p>
    </>
  );
}
