// What the main navigation holds. An entry stands here only when its screen exists.
import {
  IconInbox,
  IconPlugConnected,
  IconPuzzle,
  IconRepeat,
  IconSend,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import { text } from '../text/en.ts';
import { paths } from './paths.ts';

export interface NavigationEntry {
  path: string;
  label: string;
  icon: TablerIcon;
  /** Whether `location` lies under this entry. */
  holds: (location: string) => boolean;
}

export const navigationEntries: readonly NavigationEntry[] = [
  {
    path: paths.enterpriseComponents,
    label: text.frame.enterpriseComponents,
    icon: IconPlugConnected,
    holds: (location) =>
      location.startsWith(paths.enterpriseComponents) || location.startsWith('/data-sources/'),
  },
  {
    path: paths.solutions,
    label: text.solutions.title,
    icon: IconPuzzle,
    holds: (location) => location.startsWith(paths.solutions) || location.startsWith('/modules/'),
  },
  {
    path: paths.captures,
    label: text.captures.title,
    icon: IconInbox,
    holds: (location) => location.startsWith(paths.captures),
  },
  {
    path: paths.deliveries,
    label: text.deliveries.title,
    icon: IconSend,
    holds: (location) => location.startsWith(paths.deliveries),
  },
  {
    path: paths.replay,
    label: text.replay.title,
    icon: IconRepeat,
    holds: (location) => location.startsWith(paths.replay),
  },
  {
    path: paths.settings,
    label: text.frame.settings,
    icon: IconSettings,
    holds: (location) => location.startsWith(paths.settings),
  },
];
