// What can be done to a data source as a whole, as a menu in its head: pause or resume, rotate the URL, delete.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Application, DataSource } from '#contract';
import { text } from '../../text/en.ts';
import classes from './care.module.css';
import { DeleteDataSource } from './delete-data-source.tsx';
import { RotateUrl } from './rotate-url.tsx';
import { usePausing } from './use-pausing.ts';

const words = text.care;

interface SourceActionsProps {
  source: DataSource;
  application: Application | undefined;
}

export function SourceActions({ source, application }: SourceActionsProps) {
  const [asked, setAsked] = useState<'rotate' | 'delete'>();
  const pausing = usePausing(source);
  const close = () => setAsked(undefined);
  return (
    <div className={classes.actions}>
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label={words.menu}>
            <ActionIcon aria-label={words.menu} loading={pausing.running}>
              <IconDots size={18} stroke={1.8} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {source.entry !== 'manual' && (
            <>
              <Menu.Item
                leftSection={
                  pausing.isPaused ? (
                    <IconPlayerPlay size={16} aria-hidden />
                  ) : (
                    <IconPlayerPause size={16} aria-hidden />
                  )
                }
                onClick={() => void pausing.toggle()}
              >
                {pausing.isPaused ? words.resume : words.pause}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconRefresh size={16} aria-hidden />}
                onClick={() => setAsked('rotate')}
              >
                {words.rotate}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            className={classes.dangerWord}
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsked('delete')}
          >
            {words.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RotateUrl source={source} application={application} opened={asked === 'rotate'} onClose={close} />
      <DeleteDataSource source={source} opened={asked === 'delete'} onClose={close} />
    </div>
  );
}
