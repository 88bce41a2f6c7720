// The way to "Upload current data" beside a mapping: a button and its dialog. The dialog has an address, so that a reload takes the upload up again.
import { Button, Modal } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useSearchParams } from 'wouter';
import { text } from '../../text/en.ts';
import { UploadPanel } from './upload-panel.tsx';

export function UploadButton({ dataSourceId }: { dataSourceId: string }) {
  const [search, setSearch] = useSearchParams();
  const opened = search.has('upload');

  function show(open: boolean) {
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (open) next.set('upload', 'open');
      else next.delete('upload');
      return next;
    });
  }

  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileUpload size={16} aria-hidden />}
        onClick={() => show(true)}
      >
        {text.imports.open}
      </Button>
      <Modal
        opened={opened}
        onClose={() => show(false)}
        title={text.imports.title}
        size="xl"
        centered
        closeButtonProps={{ 'aria-label': text.window.close }}
        // The head of a dialog is no banner of the page.
        attributes={{ header: { role: 'presentation' } }}
      >
        <UploadPanel dataSourceId={dataSourceId} onMap={() => show(false)} />
      </Modal>
    </>
  );
}
