// The screen of one data source.
import { useParams } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { PageHeader } from '../../design/page-header.tsx';

export function DataSourceScreen() {
  const { id } = useParams<{ id: string }>();
  const source = useCall('dataSources.get', { id }).data?.dataSource;
  return <PageHeader title={source?.name ?? ''} about={source?.connections[0]?.inboundUrl} />;
}
