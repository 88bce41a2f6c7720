// "Inbound Webhook" of a data source: whether its calls are checked, the way to upload current data, and the mapping.
import { useLocation } from 'wouter';
import type { Application, DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { UploadButton } from '../imports/upload-button.tsx';
import { MappingEditor } from '../mapping/mapping-editor.tsx';
import { NoCallsYet } from '../set-up/no-calls-yet.tsx';
import { VerificationBar } from '../verification/verification-bar.tsx';

interface InboundWebhookSectionProps {
  source: DataSource;
  application: Application | undefined;
}

export function InboundWebhookSection({ source, application }: InboundWebhookSectionProps) {
  const [, navigate] = useLocation();
  return (
    <>
      <VerificationBar connections={source.connections}>
        <UploadButton dataSourceId={source.id} />
      </VerificationBar>
      <MappingEditor
        dataSource={source}
        noCalls={<NoCallsYet purpose="mapping" dataSource={source} application={application} />}
        onViewData={() => navigate(paths.dataSource(source.id, 'view-data'))}
      />
    </>
  );
}
