// One connection in the list: its name, its webhook URL to copy, how its outgoing side stands, "Edit" and the rest.
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconPencil, IconSettings, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Connection, DataSource } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { text } from '../../text/en.ts';
import care from '../data-source/care.module.css';
import classes from './connections.module.css';
import { RenameConnection } from './name-connection.tsx';
import { OutgoingState } from './outgoing-footer.tsx';
import { RemoveConnection } from './remove-connection.tsx';

const words = text.connections;

export function ConnectionRow({ source, connection }: { source: DataSource; connection: Connection }) {
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<'rename' | 'remove'>();
  const { data, problem, refetch } = useCall('connections.outgoing', { id: connection.id });
  useEvent('connections.changed', ({ id }) => {
    if (id === connection.id) refetch();
  });
  const outgoing = data?.outgoing;
  const isManual = source.entry === 'manual';
  const isOnly = source.connections.length === 1;
  const close = () => setAsked(undefined);
  return (
    <li className={classes.connection}>
      <div className={classes.inbound}>
        <h2 className={classes.connectionName}>
          <MiddleEllipsis>{connection.name}</MiddleEllipsis>
        </h2>
        {!isManual && (
          <div className={classes.url}>
            <code dir="ltr" title={connection.inboundUrl}>
              {connection.inboundUrl}
            </code>
            <CopyButton value={connection.inboundUrl} label={words.copyUrl(connection.name)} />
          </div>
        )}
      </div>
      <div className={classes.outbound}>
        {data && <OutgoingState saved={outgoing} />}
        {problem && <span className={classes.hint}>{words.notRead}</span>}
        {outgoing && (
          <>
            <code className={classes.outgoingUrl} dir="ltr" title={outgoing.baseUrl}>
              {outgoing.baseUrl}
            </code>
            <span className={classes.hint}>{words.authorizedBy(outgoing.authorization.kind)}</span>
          </>
        )}
        {data && !outgoing && <span className={classes.hint}>{words.outgoingNone}</span>}
      </div>
      <div className={classes.connectionActions}>
        <Button
          variant="default"
          leftSection={<IconSettings size={16} aria-hidden />}
          aria-label={words.editNamed(connection.name)}
          onClick={() => navigate(paths.connection(source.id, connection.id))}
        >
          {words.edit}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={words.menu(connection.name)}>
              <ActionIcon aria-label={words.menu(connection.name)}>
                <IconDots size={18} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsked('rename')}>
              {words.rename}
            </Menu.Item>
            <Menu.Item
              className={isOnly ? undefined : care.dangerWord}
              leftSection={<IconTrash size={16} aria-hidden />}
              disabled={isOnly}
              title={isOnly ? words.removeOnly : undefined}
              onClick={() => setAsked('remove')}
            >
              {words.remove}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <RenameConnection connection={connection} opened={asked === 'rename'} onClose={close} />
      <RemoveConnection
        connection={connection}
        isManual={isManual}
        opened={asked === 'remove'}
        onClose={close}
      />
    </li>
  );
}
