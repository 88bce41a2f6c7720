// The columns of the list of data sources.
import { Tooltip } from '@mantine/core';
import { IconTrendingDown } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { formatCount } from '../../design/formats.ts';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import type { VirtualColumn } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import styles from './enterprise-components.module.css';
import { statusTones } from './status-tones.ts';

const words = text.enterpriseComponents;

/** `hints` tell those apart that bear the same name; `users` counts the modules that use a source. */
export const dataSourceColumns = (
  hints: ReadonlyMap<string, string>,
  users: ReadonlyMap<string, number>,
): VirtualColumn<DataSource>[] => [
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(0, 3fr)',
    sortValue: (source) => source.name,
    cell: (source) => (
      <span className={styles.name}>
        <BrandIcon icon={source.icon} name={source.applicationName ?? source.name} />
        <MiddleEllipsis>{source.name}</MiddleEllipsis>
        {hints.has(source.id) && (
          <span className={styles.hint}>{words.createdAt(hints.get(source.id) ?? '')}</span>
        )}
      </span>
    ),
  },
  {
    key: 'kind',
    header: words.columns.kind,
    width: 'minmax(0, 1.4fr)',
    hideBelow: 760,
    sortValue: kindOf,
    cell: (source) => <span className={styles.muted}>{kindOf(source)}</span>,
  },
  {
    key: 'status',
    header: words.columns.status,
    width: 'minmax(min(168px, 48%), 1.6fr)',
    sortValue: statusOf,
    cell: (source) => (
      <>
        <StateBadge {...statusTones[source.status]}>{statusOf(source)}</StateBadge>
        {source.counts.drifts > 0 && (
          <Tooltip label={text.drift.badge(source.counts.drifts)}>
            <Link
              href={paths.dataSource(source.id)}
              className={styles.drift}
              aria-label={text.drift.badge(source.counts.drifts)}
            >
              <IconTrendingDown size={16} aria-hidden />
            </Link>
          </Tooltip>
        )}
      </>
    ),
  },
  {
    key: 'lastReceived',
    header: words.columns.lastReceived,
    width: '128px',
    hideBelow: 600,
    sortValue: (source) => (source.lastReceivedAt ? Date.parse(source.lastReceivedAt) : undefined),
    cell: (source) =>
      source.lastReceivedAt ? (
        <RelativeTime at={source.lastReceivedAt} />
      ) : (
        <span className={styles.muted}>{words.never}</span>
      ),
  },
  {
    key: 'items',
    header: words.columns.items,
    width: '80px',
    align: 'end',
    hideBelow: 520,
    sortValue: (source) => source.counts.items,
    cell: (source) => formatCount(source.counts.items),
  },
  {
    key: 'modules',
    header: words.columns.modules,
    width: '88px',
    align: 'end',
    hideBelow: 860,
    sortValue: (source) => users.get(source.id) ?? 0,
    cell: (source) => formatCount(users.get(source.id) ?? 0),
  },
];

function kindOf(source: DataSource): string {
  if (source.entry === 'manual') return text.manual.kind;
  return source.applicationName ?? text.dataSourceKind[source.kind];
}

function statusOf(source: DataSource): string {
  return text.dataSourceStatus[source.status];
}
