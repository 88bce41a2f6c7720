// The screen of one data source: its configuration panel, its name, and the chosen section.
import { Redirect, useLocation, useParams } from 'wouter';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { ConfigurationPanel } from './configuration-panel.tsx';
import classes from './data-source-screen.module.css';
import { SectionContent } from './section-content.tsx';
import { isFor, sections } from './sections.ts';
import { SourceHead } from './source-head.tsx';

export function DataSourceScreen() {
  const { id, section, part } = useParams<{ id: string; section: string; part?: string }>();
  const { data, problem, refetch } = useCall('dataSources.get', { id });
  useEvent('dataSources.changed', (event) => {
    if (event.id === id) refetch();
  });
  // The webhook URL follows the tunnel.
  useEvent('tunnel.changed', refetch);
  const source = data?.dataSource;
  const applicationId = source?.applicationId;
  const application = useCall(
    'applications.get',
    applicationId === undefined ? undefined : { id: applicationId },
  );

  const [, navigate] = useLocation();
  const known = sections.find((each) => each === section);
  if (!known) return <Redirect to={paths.dataSource(id)} replace />;
  if (problem && (!source || problem.code === 'dataSource.missing')) {
    const action = problem.code.endsWith('.missing')
      ? { label: text.frame.notFoundAction, onPress: () => navigate(paths.enterpriseComponents) }
      : { label: text.problems.tryAgain, onPress: refetch };
    return (
      <div className={classes.padded}>
        <ProblemNotice {...problemWords(problem)} action={action} />
      </div>
    );
  }
  if (!isFor(known, source)) return <Redirect to={paths.dataSource(id, 'view-data')} replace />;
  return (
    <div className={classes.screen}>
      <ConfigurationPanel id={id} current={known} source={source} />
      <div className={classes.content}>
        <SourceHead source={source} application={application.data?.application} onRenamed={refetch} />
        {source && (
          <SectionContent
            key={id}
            section={known}
            part={part}
            source={source}
            application={application.data?.application}
          />
        )}
      </div>
    </div>
  );
}
