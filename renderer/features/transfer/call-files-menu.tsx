// Calls as files, from a list of calls: export what is in sight, import a file.
import { Button, Menu } from '@mantine/core';
import { IconFileExport, IconFileImport, IconFiles } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../text/en.ts';
import { type CallsInSight, ExportCalls } from './export-calls.tsx';
import { ImportCalls } from './import-calls.tsx';

const words = text.transfer;

export function CallFilesMenu(inSight: CallsInSight) {
  const [open, setOpen] = useState<'export' | 'import'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<IconFiles size={16} aria-hidden />}>
            {words.menu}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => setOpen('export')}>
            {words.exportTitle}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => setOpen('import')}>
            {words.importTitle}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ExportCalls opened={open === 'export'} onClose={close} {...inSight} />
      <ImportCalls opened={open === 'import'} onClose={close} dataSourceId={inSight.dataSourceId} />
    </>
  );
}
