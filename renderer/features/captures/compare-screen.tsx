// Two calls (or two versions of an item) beside each other: where they differ, side by side or unified; what is left out is remembered for
// their data source.
import { Button, SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { IconArrowsDiff, IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { ComparedSide, Comparison } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatAbsolute } from '../../design/formats.ts';
import { PageHeader } from '../../design/page-header.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './compare-screen.module.css';
import { HeaderDifferences } from './difference-rows.tsx';
import { IgnoredPaths, useIgnored } from './ignored-paths.tsx';
import { ManyDifferenceRows } from './many-difference-rows.tsx';

const words = text.captures.compare;

export function CompareScreen() {
  const [address] = useSearchParams();
  const [, navigate] = useLocation();
  const left = address.get('left') ?? undefined;
  const right = address.get('right') ?? undefined;
  if (left === undefined || right === undefined) {
    return (
      <EmptyState
        page
        icon={IconArrowsDiff}
        title={words.title}
        action={<Button onClick={() => navigate(paths.captures)}>{words.back}</Button>}
      >
        {words.missing}
      </EmptyState>
    );
  }
  return <Compared key={`${left} ${right}`} left={left} right={right} />;
}

type Layout = 'sideBySide' | 'unified';

function Compared({ left, right }: { left: string; right: string }) {
  const [, navigate] = useLocation();
  const [leftSide, rightSide] = [sideOf(left), sideOf(right)];
  const leftCall = useCall('captures.get', 'captureId' in leftSide ? { id: left } : undefined);
  const rightCall = useCall('captures.get', 'captureId' in rightSide ? { id: right } : undefined);
  const item = useCall('items.get', 'itemId' in leftSide ? { id: leftSide.itemId } : undefined);
  const ignored = useIgnored(leftCall.data?.capture.dataSourceId ?? item.data?.item.dataSourceId);
  const { data, problem, refetch } = useCall(
    'captures.compare',
    ignored.paths === undefined
      ? undefined
      : { left: leftSide, right: rightSide, ignore: [...ignored.paths] },
    { keepPrevious: true },
  );
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [layout, setLayout] = useState<Layout>('sideBySide');
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const failed = leftCall.problem ?? rightCall.problem ?? item.problem ?? problem;
  const comparison = data?.comparison;
  return (
    <div className={classes.screen}>
      <PageHeader
        title={words.title}
        about={comparison ? <span role="status">{summary(comparison)}</span> : undefined}
        action={
          <Button
            variant="default"
            leftSection={<IconArrowsExchange size={16} aria-hidden />}
            onClick={() => navigate(paths.compare(right, left), { replace: true })}
          >
            {words.swap}
          </Button>
        }
      />
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={words.view}
          value={layout}
          onChange={(value) => setLayout(value as Layout)}
          data={[
            { value: 'sideBySide', label: words.sideBySide },
            { value: 'unified', label: words.unified },
          ]}
        />
        <Switch
          size="xs"
          label={words.onlyDifferences}
          checked={onlyDifferences}
          onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
        />
        <IgnoredPaths ignored={ignored} />
      </div>
      {failed && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(failed, words.notCompared)}
            action={{ label: text.problems.tryAgain, onPress: refetch }}
          />
        </div>
      )}
      {!comparison && !failed && (
        <div className={classes.notice} aria-busy>
          {[60, 40, 75, 50].map((width) => (
            <Skeleton key={width} h={16} mb={12} w={`${width}%`} />
          ))}
        </div>
      )}
      {comparison && (
        <div ref={setScroller} className={classes.body} {...scrollRegion}>
          <div className={classes.sides}>
            <SideHead side={words.left} call={leftCall.data?.capture} version={leftSide} />
            <SideHead side={words.right} call={rightCall.data?.capture} version={rightSide} />
          </div>
          <h2 className={classes.part}>{'captureId' in leftSide ? words.body : words.fields}</h2>
          {scroller && (
            <ManyDifferenceRows
              rows={comparison.rows}
              layout={layout}
              onlyDifferences={onlyDifferences}
              onIgnore={ignored.add}
              scroller={scroller}
            />
          )}
          {comparison.cut && <p className={classes.quiet}>{words.cut}</p>}
          {'captureId' in leftSide && (
            <>
              <h2 className={classes.part}>{words.headers}</h2>
              <HeaderDifferences
                headers={comparison.headers}
                layout={layout}
                onlyDifferences={onlyDifferences}
                onIgnore={ignored.add}
              />
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** What scrolls must be reachable by keyboard. */
const scrollRegion = { role: 'region', tabIndex: 0, 'aria-label': words.title } as const;

/** What stands in the address: the id of a call, or a version of an item. */
function sideOf(written: string): ComparedSide {
  const at = written.lastIndexOf('@');
  return at < 0
    ? { captureId: written }
    : { itemId: written.slice(0, at), version: Number(written.slice(at + 1)) || 0 };
}

function SideHead({
  side,
  call,
  version,
}: {
  side: string;
  version: ComparedSide;
  call: { id: string; dataSourceId: string; receivedAt: string; method: string } | undefined;
}) {
  return (
    <p className={classes.side}>
      <span>{side}</span>
      {'version' in version && text.items.versionNumber(version.version)}
      {call && (
        <Link href={`${paths.dataSource(call.dataSourceId, 'captures')}?call=${encodeURIComponent(call.id)}`}>
          {call.method} {formatAbsolute(new Date(call.receivedAt))}
        </Link>
      )}
    </p>
  );
}

function summary({ differences, headerDifferences, ignored }: Comparison): string {
  const all = differences + headerDifferences;
  if (all === 0) return ignored === 0 ? words.same : words.sameButIgnored;
  return [words.differences(all), ...(ignored > 0 ? [words.ignoredCount(ignored)] : [])].join(' · ');
}
