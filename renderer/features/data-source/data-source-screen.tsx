// The screen of one data source: its configuration panel, its name, and the chosen section.
import {
  IconAlertTriangle,
  IconChartBar,
  IconClockCancel,
  IconDatabase,
  IconHistory,
  IconInbox,
  IconInfoCircle,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link, Redirect, useLocation, useParams } from 'wouter';
import type { Application, DataSource } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { formatCount } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { NeedsAttention } from '../attention/needs-attention.tsx';
import { AuditLog } from '../audit/audit-log.tsx';
import { CapturesSection } from '../captures/captures-section.tsx';
import { ViewData } from '../items/view-data.tsx';
import { MappingEditor } from '../mapping/mapping-editor.tsx';
import { RetentionSection } from '../retention/retention-section.tsx';
import { NoCallsYet } from '../set-up/no-calls-yet.tsx';
import { VerificationBar } from '../verification/verification-bar.tsx';
import classes from './data-source-screen.module.css';
import { Information } from './information.tsx';
import { Overview } from './overview.tsx';
import { SourceHead } from './source-head.tsx';

const sections = [
  'overview',
  'information',
  'audit-log',
  'inbound-webhook',
  'captures',
  'needs-attention',
  'view-data',
  'retention',
] as const;
type Section = (typeof sections)[number];

const icons: Record<Section, TablerIcon> = {
  overview: IconChartBar,
  information: IconInfoCircle,
  'audit-log': IconHistory,
  'inbound-webhook': IconWebhook,
  captures: IconInbox,
  'needs-attention': IconAlertTriangle,
  'view-data': IconDatabase,
  retention: IconClockCancel,
};

const groups: { key: 'general' | 'input'; sections: Section[] }[] = [
  { key: 'general', sections: ['overview', 'information', 'audit-log'] },
  { key: 'input', sections: ['inbound-webhook', 'captures', 'needs-attention', 'view-data', 'retention'] },
];

/** Sections about calls; a manual source receives none. */
const ofCalls: readonly Section[] = ['inbound-webhook', 'captures', 'needs-attention', 'retention'];
const isFor = (section: Section, source: DataSource | undefined) =>
  source?.entry !== 'manual' || !ofCalls.includes(section);

export function DataSourceScreen() {
  const { id, section } = useParams<{ id: string; section: string }>();
  const { data, problem, refetch } = useCall('dataSources.get', { id });
  useEvent('dataSources.changed', (event) => {
    if (event.id === id) refetch();
  });
  // The webhook URL follows the tunnel.
  useEvent('tunnel.changed', refetch);
  const source = data?.dataSource;
  const applicationId = source?.applicationId;
  const application = useCall(
    'applications.get',
    applicationId === undefined ? undefined : { id: applicationId },
  );

  const [, navigate] = useLocation();
  const known = sections.find((each) => each === section);
  if (!known) return <Redirect to={paths.dataSource(id)} replace />;
  if (problem && (!source || problem.code === 'dataSource.missing')) {
    const action = problem.code.endsWith('.missing')
      ? { label: text.frame.notFoundAction, onPress: () => navigate(paths.enterpriseComponents) }
      : { label: text.problems.tryAgain, onPress: refetch };
    return (
      <div className={classes.padded}>
        <ProblemNotice {...problemWords(problem)} action={action} />
      </div>
    );
  }
  if (!isFor(known, source)) return <Redirect to={paths.dataSource(id, 'view-data')} replace />;
  return (
    <div className={classes.screen}>
      <ConfigurationPanel id={id} current={known} source={source} />
      <div className={classes.content}>
        <SourceHead source={source} application={application.data?.application} onRenamed={refetch} />
        {source && (
          <SectionContent
            key={id}
            section={known}
            source={source}
            application={application.data?.application}
          />
        )}
      </div>
    </div>
  );
}

interface ConfigurationPanelProps {
  id: string;
  current: Section;
  source: DataSource | undefined;
}

function ConfigurationPanel({ id, current, source }: ConfigurationPanelProps) {
  const counts: Partial<Record<Section, number>> = {
    ...(source && {
      captures: source.counts.captures,
      'needs-attention': source.counts.needsAttention,
      'view-data': source.counts.items,
    }),
  };
  const panel = useRef<HTMLElement>(null);
  // In a narrow window the panel is a row that scrolls sideways. By hand: scrollIntoView would move the start of Tab, too.
  useEffect(() => {
    const row = panel.current;
    const entry = current && row?.querySelector('[aria-current="page"]');
    if (!row || !entry) return;
    const overhang = entry.getBoundingClientRect().right - row.getBoundingClientRect().right;
    if (overhang > 0) row.scrollLeft += overhang;
  }, [current]);
  return (
    <nav ref={panel} className={classes.panel} aria-label={text.dataSource.panel}>
      {groups.map((group) => (
        <section key={group.key} className={classes.group}>
          <h2 className={classes.groupTitle}>{text.dataSource.groups[group.key]}</h2>
          <ul className={classes.entries}>
            {group.sections
              .filter((each) => isFor(each, source))
              .map((section) => {
                const Icon = icons[section];
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

interface SectionContentProps {
  section: Section;
  source: DataSource;
  application: Application | undefined;
}

function SectionContent({ section, source, application }: SectionContentProps) {
  const [, navigate] = useLocation();
  const limitMs = application?.answerLimit?.ms;
  switch (section) {
    case 'overview':
      return <Overview source={source} application={application} />;
    case 'information':
      return <Information source={source} application={application} />;
    case 'audit-log':
      return <AuditLog dataSourceId={source.id} />;
    case 'inbound-webhook':
      return (
        <>
          {source.connections[0] && <VerificationBar connectionId={source.connections[0].id} />}
          <MappingEditor
            dataSource={source}
            noCalls={<NoCallsYet purpose="mapping" dataSource={source} application={application} />}
            onViewData={() => navigate(paths.dataSource(source.id, 'view-data'))}
          />
        </>
      );
    case 'captures':
      return (
        <CapturesSection
          dataSourceId={source.id}
          limitMs={limitMs}
          empty={<NoCallsYet purpose="captures" dataSource={source} application={application} />}
        />
      );
    case 'needs-attention':
      return <NeedsAttention source={source} />;
    case 'view-data':
      return <ViewData source={source} />;
    case 'retention':
      return <RetentionSection dataSourceId={source.id} />;
  }
}
