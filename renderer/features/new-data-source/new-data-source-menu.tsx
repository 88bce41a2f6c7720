// The "+ New Data Source" menu of the top bar. It is the primary button on the list only:
// elsewhere, and where there is no source yet, the screen has its own.
import { Button, Menu } from '@mantine/core';
import {
  IconApi,
  IconChevronDown,
  IconFileSpreadsheet,
  IconPlus,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { text } from '../../text/en.ts';
import styles from './new-data-source-menu.module.css';

const entries: readonly { path: string; label: string; about: string; icon: TablerIcon }[] = [
  {
    path: paths.newCloudApplication,
    label: text.frame.cloudApplication,
    about: text.frame.cloudApplicationAbout,
    icon: IconWebhook,
  },
  {
    path: paths.newCustomInternalApi,
    label: text.frame.customInternalApi,
    about: text.frame.customInternalApiAbout,
    icon: IconApi,
  },
  {
    path: paths.newSpreadsheetsFiles,
    label: text.frame.spreadsheetsFiles,
    about: text.frame.spreadsheetsFilesAbout,
    icon: IconFileSpreadsheet,
  },
];

export function NewDataSourceMenu() {
  const [location, navigate] = useLocation();
  const list = useCall('dataSources.list', {});
  const some = (list.data?.dataSources.length ?? 0) > 0;
  const primary = some && location === paths.enterpriseComponents;
  return (
    <Menu position="bottom-end" width={288} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          classNames={{ root: styles.button, section: styles.section }}
          variant={primary ? 'filled' : 'default'}
          leftSection={<IconPlus size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} className={styles.chevron} aria-hidden />}
        >
          <span className={styles.word}>{text.frame.newDataSource}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map(({ path, label, about, icon: Icon }) => (
          <Menu.Item
            key={path}
            leftSection={<Icon size={20} stroke={1.7} aria-hidden />}
            onClick={() => navigate(path)}
          >
            <span className={styles.label}>{label}</span>
            <span className={styles.about}>{about}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
