// What stands in each section of a data source's screen.
import { useLocation } from 'wouter';
import type { Application, DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { SolutionsAccess } from '../access/solutions-access.tsx';
import { ActionsSection } from '../actions/actions-section.tsx';
import { NeedsAttention } from '../attention/needs-attention.tsx';
import { AuditLog } from '../audit/audit-log.tsx';
import { CapturesSection } from '../captures/captures-section.tsx';
import { ConnectionsSection } from '../connections/connections-section.tsx';
import { DeliveriesList } from '../deliveries/deliveries-list.tsx';
import { ViewData } from '../items/view-data.tsx';
import { MappingEditor } from '../mapping/mapping-editor.tsx';
import { RetentionSection } from '../retention/retention-section.tsx';
import { NoCallsYet } from '../set-up/no-calls-yet.tsx';
import { VerificationBar } from '../verification/verification-bar.tsx';
import { Information } from './information.tsx';
import { Overview } from './overview.tsx';
import type { Section } from './sections.ts';

interface SectionContentProps {
  section: Section;
  /** What of the section is open, from the address: a connection, an action. */
  part: string | undefined;
  source: DataSource;
  application: Application | undefined;
}

export function SectionContent({ section, part, source, application }: SectionContentProps) {
  const [, navigate] = useLocation();
  switch (section) {
    case 'overview':
      return <Overview source={source} application={application} />;
    case 'information':
      return <Information source={source} application={application} />;
    case 'solutions-access':
      return <SolutionsAccess source={source} />;
    case 'connections':
      return <ConnectionsSection source={source} application={application} openId={part} />;
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
          empty={<NoCallsYet purpose="captures" dataSource={source} application={application} />}
        />
      );
    case 'needs-attention':
      return <NeedsAttention source={source} />;
    case 'view-data':
      return <ViewData source={source} />;
    case 'actions':
      return <ActionsSection source={source} openId={part} />;
    case 'deliveries':
      return <DeliveriesList dataSourceId={source.id} />;
    case 'retention':
      return <RetentionSection dataSourceId={source.id} />;
  }
}
