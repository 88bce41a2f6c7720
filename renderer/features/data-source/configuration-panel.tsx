// The configuration panel of a data source: its sections in groups, with counts. In a narrow window a row that scrolls sideways.
import { Link } from 'wouter';
import type { DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { formatCount } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import classes from './data-source-screen.module.css';
import { isFor, type Section, sectionGroups, sectionIcons } from './sections.ts';
import { useEntryInSight } from './use-entry-in-sight.ts';

interface ConfigurationPanelProps {
  id: string;
  current: Section;
  source: DataSource | undefined;
}

export function ConfigurationPanel({ id, current, source }: ConfigurationPanelProps) {
  const counts: Partial<Record<Section, number>> = {
    ...(source && {
      captures: source.counts.captures,
      'needs-attention': source.counts.needsAttention,
      'view-data': source.counts.items,
    }),
  };
  const panel = useEntryInSight(current);
  return (
    <nav ref={panel} className={classes.panel} aria-label={text.dataSource.panel}>
      {sectionGroups.map((group) => (
        <section key={group.key} className={classes.group}>
          <h2 className={classes.groupTitle}>{text.dataSource.groups[group.key]}</h2>
          <ul className={classes.entries}>
            {group.sections
              .filter((each) => isFor(each, source))
              .map((section) => {
                const Icon = sectionIcons[section];
                const count = counts[section];
                return (
                  <li key={section}>
                    <Link
                      href={paths.dataSource(id, section)}
                      className={classes.entry}
                      aria-current={section === current ? 'page' : undefined}
                    >
                      <Icon size={16} stroke={1.8} aria-hidden />
                      <span>{text.dataSource.sections[section]}</span>
                      {count !== undefined && count > 0 && (
                        <span className={classes.count} aria-hidden="true">
                          {formatCount(count)}
                        </span>
                      )}
                    </Link>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
