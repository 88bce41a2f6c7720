// Where one is: the path from the main navigation to the data source, solution or module at hand.
import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useLocation, useRoute } from 'wouter';
import { useCall, useEvent } from '../api/use-call.ts';
import { MiddleEllipsis } from '../design/middle-ellipsis.tsx';
import { text } from '../text/en.ts';
import styles from './breadcrumbs.module.css';
import { navigationEntries } from './navigation-entries.ts';
import { paths } from './paths.ts';

interface Crumb {
  /** Undefined while it is not known yet. */
  label: string | undefined;
  path?: string;
}

export function Breadcrumbs() {
  const [location] = useLocation();
  const entry = navigationEntries.find((each) => each.holds(location)) ?? navigationEntries[0];
  const below = [...useDataSourceCrumbs(), ...useSolutionCrumbs()];
  const crumbs: Crumb[] = [...(entry ? [{ label: entry.label, path: entry.path }] : []), ...below];
  const place = crumbs.findLast((crumb) => crumb.label !== undefined)?.label ?? text.product;

  useEffect(() => {
    document.title = `${place} · ${text.product}`;
  }, [place]);

  return (
    <nav className={styles.crumbs} aria-label={text.frame.breadcrumbs}>
      <ol className={styles.list}>
        {crumbs.map((crumb, index) => {
          const isHere = index === crumbs.length - 1;
          return (
            <li
              key={crumb.path ?? crumb.label ?? index}
              className={isHere ? styles.here : styles.before}
              aria-current={isHere ? 'page' : undefined}
            >
              <CrumbWords crumb={crumb} linked={!isHere || location === '/'} />
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function CrumbWords({ crumb, linked }: { crumb: Crumb; linked: boolean }) {
  if (crumb.label === undefined) return <Skeleton height={12} width={96} />;
  if (!linked || crumb.path === undefined) return <MiddleEllipsis>{crumb.label}</MiddleEllipsis>;
  return (
    <Link href={crumb.path} className={styles.link}>
      {crumb.label}
    </Link>
  );
}

function useDataSourceCrumbs(): Crumb[] {
  const [isInside, match] = useRoute('/data-sources/:id/*?');
  const id = isInside ? match.id : undefined;
  const source = useCall('dataSources.get', id === undefined ? undefined : { id });
  useEvent('dataSources.changed', (changed) => {
    if (changed.id === id) source.refetch();
  });
  if (id === undefined || source.problem) return [];
  return [{ label: source.data?.dataSource.name, path: paths.dataSource(id) }];
}

/** A module stands below its solution. */
function useSolutionCrumbs(): Crumb[] {
  const [inSolution, solutionMatch] = useRoute('/solutions/:id/*?');
  const [inModule, moduleMatch] = useRoute('/modules/:id/*?');
  const [isNew] = useRoute('/solutions/:id/new-module');
  const moduleId = inModule ? moduleMatch.id : undefined;
  const module = useCall('modules.get', moduleId === undefined ? undefined : { id: moduleId });
  const solutionId = inSolution ? solutionMatch.id : module.data?.module.solutionId;
  const solution = useCall('solutions.get', solutionId === undefined ? undefined : { id: solutionId });
  useEvent('modules.changed', (changed) => {
    if (changed.id === moduleId) module.refetch();
  });
  useEvent('solutions.changed', solution.refetch);
  if (module.problem || solution.problem || (solutionId === undefined && moduleId === undefined)) return [];
  return [
    {
      label: solution.data?.solution.name,
      ...(solutionId !== undefined && { path: paths.solution(solutionId) }),
    },
    ...(moduleId === undefined ? [] : [{ label: module.data?.module.name, path: paths.module(moduleId) }]),
    ...(isNew ? [{ label: text.modules.newModule }] : []),
  ];
}
