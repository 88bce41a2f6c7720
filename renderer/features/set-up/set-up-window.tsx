// The set-up window of a data source.
import { useLocation, useParams } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { CodeLine } from '../../design/code-line.tsx';
import { TaskWindow } from '../../design/task-window.tsx';
import { text } from '../../text/en.ts';

export function SetUpWindow() {
  const { id } = useParams<{ id: string }>();
  const [, navigate] = useLocation();
  const source = useCall('dataSources.get', { id }).data?.dataSource;
  const url = source?.connections[0]?.inboundUrl;
  return (
    <TaskWindow title={source?.name ?? text.product} onClose={() => navigate(paths.enterpriseComponents)}>
      {url && <CodeLine value={url} copyLabel={text.tunnel.copyUrl} />}
    </TaskWindow>
  );
}
