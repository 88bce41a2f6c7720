// What stands in each section of a data source's screen.
import type { Application, DataSource } from '#contract';
import { SolutionsAccess } from '../access/solutions-access.tsx';
import { ActionsSection } from '../actions/actions-section.tsx';
import { NeedsAttention } from '../attention/needs-attention.tsx';
import { AuditLog } from '../audit/audit-log.tsx';
import { CapturesSection } from '../captures/captures-section.tsx';
import { ConnectionsSection } from '../connections/connections-section.tsx';
import { DeliveriesList } from '../deliveries/deliveries-list.tsx';
import { ViewData } from '../items/view-data.tsx';
import { RetentionSection } from '../retention/retention-section.tsx';
import { NoCallsYet } from '../set-up/no-calls-yet.tsx';
import { InboundWebhookSection } from './inbound-webhook-section.tsx';
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
      return <InboundWebhookSection source={source} application={application} />;
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
      return <ViewData key={source.id} source={source} />;
    case 'actions':
      return <ActionsSection source={source} openId={part} />;
    case 'deliveries':
      return <DeliveriesList dataSourceId={source.id} />;
    case 'retention':
      return <RetentionSection dataSourceId={source.id} />;
  }
}
