// The command palette (Ctrl or Cmd K): data sources, screens, a new data source, the theme, the tunnel.
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import {
  IconBolt,
  IconDeviceDesktop,
  IconMoon,
  IconPlus,
  IconPuzzle,
  IconSearch,
  IconSun,
  IconWorld,
  IconWorldOff,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DataSource } from '#contract';
import { useAction } from '../api/use-action.ts';
import { useCall, useEvent } from '../api/use-call.ts';
import { BrandIcon } from '../design/brand-icon.tsx';
import { sameNames } from '../features/enterprise-components/same-names.ts';
import { useTunnelSwitch } from '../features/tunnel/use-tunnel-switch.ts';
import { text } from '../text/en.ts';
import styles from './command-palette.module.css';
import { navigationEntries } from './navigation-entries.ts';
import { homeOf, paths } from './paths.ts';

const themes = [
  { theme: 'system', icon: IconDeviceDesktop },
  { theme: 'light', icon: IconSun },
  { theme: 'dark', icon: IconMoon },
] as const;

/** Without a search the newest sources are enough; the commands shall be seen too. */
const offeredSources = 4;

export function CommandPalette() {
  const [query, setQuery] = useState('');
  const [, navigate] = useLocation();
  const list = useCall('dataSources.list', {});
  useEvent('dataSources.changed', list.refetch);
  const update = useAction('settings.update');
  const tunnel = useTunnelSwitch();
  const words = text.commands;

  const known = list.data?.dataSources ?? [];
  const hints = sameNames(known);
  const offered = query.trim() === '' ? known.slice(0, offeredSources) : known;
  const sources: SpotlightActionData[] = offered.map((source) => ({
    id: source.id,
    label: source.name,
    description: describe(source, hints.get(source.id)),
    leftSection: <BrandIcon icon={source.icon} name={source.applicationName ?? source.name} size={24} />,
    onClick: () => navigate(homeOf(source)),
  }));
  const solutionActions = useSolutionActions(query, navigate);
  const places: SpotlightActionData[] = navigationEntries.map(({ path, label, icon }) => ({
    id: path,
    label,
    leftSection: symbol(icon),
    onClick: () => navigate(path),
  }));
  const actions: SpotlightActionData[] = [
    {
      id: 'new-cloud-application',
      label: words.newCloudApplication,
      leftSection: symbol(IconPlus),
      onClick: () => navigate(paths.newCloudApplication),
    },
    {
      id: 'new-custom-internal-api',
      label: words.newCustomInternalApi,
      leftSection: symbol(IconPlus),
      onClick: () => navigate(paths.newCustomInternalApi),
    },
    {
      id: 'tunnel',
      label: tunnel.running ? words.stopTunnel : words.startTunnel,
      leftSection: symbol(tunnel.running ? IconWorldOff : IconWorld),
      onClick: () => void tunnel.toggle(),
    },
  ];
  const appearance: SpotlightActionData[] = themes.map(({ theme, icon }) => ({
    id: `theme-${theme}`,
    label: words.theme[theme],
    leftSection: symbol(icon),
    onClick: () => void update.run({ theme }),
  }));

  return (
    <Spotlight
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      lockScroll={false}
      highlightQuery
      limit={12}
      query={query}
      onQueryChange={setQuery}
      radius="lg"
      overlayProps={{ blur: 0, className: styles.overlay }}
      attributes={{ content: { 'aria-label': text.frame.searchLabel } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      nothingFound={words.nothing}
      searchProps={{
        leftSectionWidth: 44,
        leftSection: <IconSearch size={18} stroke={1.8} aria-hidden />,
        placeholder: words.placeholder,
        'aria-label': words.placeholder,
      }}
      classNames={{
        content: styles.content,
        action: styles.action,
        actionLabel: styles.label,
        actionsGroup: styles.group,
        search: styles.search,
      }}
      actions={[
        { group: words.dataSources, actions: sources },
        { group: words.solutions, actions: solutionActions },
        { group: words.goTo, actions: places },
        { group: words.actions, actions },
        { group: words.appearance, actions: appearance },
      ].filter((group) => group.actions.length > 0)}
    />
  );
}

/** Solutions and their modules, once something is typed: they would push the commands away. */
function useSolutionActions(query: string, navigate: (path: string) => void): SpotlightActionData[] {
  const isAsked = query.trim() !== '';
  const solutions = useCall('solutions.list', isAsked ? {} : undefined);
  const modules = useCall('modules.list', isAsked ? {} : undefined);
  useEvent('solutions.changed', solutions.refetch);
  useEvent('modules.changed', modules.refetch);
  const nameOf = (id: string) => solutions.data?.solutions.find((each) => each.id === id)?.name ?? '';
  if (!isAsked) return [];
  return [
    ...(solutions.data?.solutions ?? []).map(({ id, name }) => ({
      id,
      label: name,
      description: text.solutions.solution,
      leftSection: symbol(IconPuzzle),
      onClick: () => navigate(paths.solution(id)),
    })),
    ...(modules.data?.modules ?? []).map(({ id, name, solutionId }) => ({
      id,
      label: name,
      description: text.modules.moduleOf(nameOf(solutionId)),
      leftSection: symbol(IconBolt),
      onClick: () => navigate(paths.module(id)),
    })),
  ];
}

/** Where it comes from, that it is paused, and when it was created where another one has the same name. */
function describe(source: DataSource, created: string | undefined): string {
  return [
    source.applicationName ?? text.dataSourceKind[source.kind],
    ...(source.status === 'paused' ? [text.dataSourceStatus.paused] : []),
    ...(created === undefined ? [] : [text.enterpriseComponents.createdAt(created)]),
  ].join(' · ');
}

function symbol(Icon: TablerIcon) {
  return (
    <span className={styles.symbol}>
      <Icon size={18} stroke={1.7} aria-hidden />
    </span>
  );
}
