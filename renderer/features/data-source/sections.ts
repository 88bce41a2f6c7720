// The sections of a data source's screen, as its configuration panel groups them.
import {
  IconAlertTriangle,
  IconChartBar,
  IconClockCancel,
  IconDatabase,
  IconHistory,
  IconInbox,
  IconInfoCircle,
  IconPlugConnected,
  IconPuzzle,
  IconSend,
  IconTruckDelivery,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import type { DataSource } from '#contract';

export const sections = [
  'overview',
  'information',
  'solutions-access',
  'connections',
  'audit-log',
  'inbound-webhook',
  'captures',
  'needs-attention',
  'view-data',
  'retention',
  'actions',
  'deliveries',
] as const;
export type Section = (typeof sections)[number];

export const sectionIcons: Record<Section, TablerIcon> = {
  overview: IconChartBar,
  information: IconInfoCircle,
  'solutions-access': IconPuzzle,
  connections: IconPlugConnected,
  'audit-log': IconHistory,
  'inbound-webhook': IconWebhook,
  captures: IconInbox,
  'needs-attention': IconAlertTriangle,
  'view-data': IconDatabase,
  retention: IconClockCancel,
  actions: IconSend,
  deliveries: IconTruckDelivery,
};

export const sectionGroups: { key: 'general' | 'input' | 'output'; sections: Section[] }[] = [
  { key: 'general', sections: ['overview', 'information', 'solutions-access', 'connections', 'audit-log'] },
  { key: 'input', sections: ['inbound-webhook', 'captures', 'needs-attention', 'view-data', 'retention'] },
  { key: 'output', sections: ['actions', 'deliveries'] },
];

/** Sections about calls; a manual source receives none. */
const ofCalls: readonly Section[] = ['inbound-webhook', 'captures', 'needs-attention', 'retention'];

export const isFor = (section: Section, source: DataSource | undefined) =>
  source?.entry !== 'manual' || !ofCalls.includes(section);
