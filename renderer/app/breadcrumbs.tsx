// Where one is: the path from the main navigation to the data source at hand.
import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useRoute } from 'wouter';
import { useCall, useEvent } from '../api/use-call.ts';
import { MiddleEllipsis } from '../design/middle-ellipsis.tsx';
import { text } from '../text/en.ts';
import styles from './breadcrumbs.module.css';
import { paths } from './paths.ts';

export function Breadcrumbs() {
  const [inSettings] = useRoute(paths.settings);
  const [inDataSource, match] = useRoute('/data-sources/:id/*?');
  const id = inDataSource ? match.id : undefined;
  const source = useCall('dataSources.get', id === undefined ? undefined : { id });
  useEvent('dataSources.changed', (changed) => {
    if (changed.id === id) source.refetch();
  });
  const name = source.data?.dataSource.name;
  const place = inSettings ? text.frame.settings : (name ?? text.frame.enterpriseComponents);

  useEffect(() => {
    document.title = `${place} · ${text.product}`;
  }, [place]);

  return (
    <nav className={styles.crumbs} aria-label={text.frame.breadcrumbs}>
      <ol className={styles.list}>
        {inSettings ? (
          <li className={styles.here} aria-current="page">
            {text.frame.settings}
          </li>
        ) : (
          <li className={id === undefined ? styles.here : styles.before}>
            <Link href={paths.enterpriseComponents} className={styles.link}>
              {text.frame.enterpriseComponents}
            </Link>
          </li>
        )}
        {id !== undefined && !source.problem && (
          <li className={styles.here} aria-current="page">
            {name === undefined ? (
              <Skeleton height={12} width={96} />
            ) : (
              <MiddleEllipsis>{name}</MiddleEllipsis>
            )}
          </li>
        )}
      </ol>
    </nav>
  );
}
