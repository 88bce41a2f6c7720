// "Add New Data Source": choose an application of the catalog or a custom source, name it, create it. The choice stands
// in the address (?application=…), so that a reload keeps it.

import { useLocation, useSearchParams } from 'wouter';
import type { ApplicationSummary } from '#contract';
import { paths } from '../../app/paths.ts';
import { TaskWindow } from '../../design/task-window.tsx';
import { text } from '../../text/en.ts';
import { ChooseApplication } from './choose-application.tsx';
import { NameDataSource } from './name-data-source.tsx';

const words = text.newDataSource;
const applicationKey = 'application';
/** Stands in the address for a source without an application. */
const customSource = 'custom-source';

export function NewDataSourceWindow({ file = false }: { file?: boolean }) {
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const chosen = search.get(applicationKey);

  function choose(application: ApplicationSummary | undefined) {
    setSearch({ [applicationKey]: application?.id ?? customSource });
  }

  function back() {
    setSearch({});
  }

  return (
    <TaskWindow title={words.title} size="medium" onClose={() => navigate(paths.enterpriseComponents)}>
      {chosen === null && !file ? (
        <ChooseApplication onChoose={choose} />
      ) : (
        <NameDataSource
          applicationId={chosen === customSource || chosen === null ? undefined : chosen}
          file={file}
          onBack={file ? () => navigate(paths.enterpriseComponents) : back}
          onCreated={(id) => navigate(paths.setUp(id), { replace: true })}
        />
      )}
    </TaskWindow>
  );
}
