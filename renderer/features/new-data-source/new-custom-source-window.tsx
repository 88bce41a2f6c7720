// "Custom / Internal API": "Add New Data Source", then "New Custom Data Source" with its name and how the data comes. The step
// stands in the address, what is typed is kept over a reload.
import { useLocation, useSearchParams } from 'wouter';
import { z } from 'zod';
import { dataSourceEntry } from '#contract';
import { paths } from '../../app/paths.ts';
import { useKeptDraft } from '../../app/use-kept-draft.ts';
import { TaskWindow } from '../../design/task-window.tsx';
import { text } from '../../text/en.ts';
import { ChooseCustomSource } from './choose-custom-source.tsx';
import { NameCustomSource } from './name-custom-source.tsx';

const words = text.newDataSource;

const draftSchema = z.object({ name: z.string(), entry: dataSourceEntry });
export type CustomSourceDraft = z.infer<typeof draftSchema>;
const emptyDraft: CustomSourceDraft = { name: '', entry: 'external' };

export function NewCustomSourceWindow() {
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const [kept, setKept] = useKeptDraft('new-custom-source', draftSchema);
  const draft = kept ?? emptyDraft;
  const isNaming = search.get('step') === 'name';
  const title = !isNaming ? words.title : draft.name.trim() === '' ? words.newCustomDataSource : draft.name;

  function leave() {
    setKept(undefined);
    navigate(paths.enterpriseComponents);
  }

  return (
    <TaskWindow title={title} size="medium" onClose={leave}>
      {isNaming ? (
        <NameCustomSource
          draft={draft}
          onDraft={setKept}
          onBack={() => setSearch({})}
          onCreated={(source) => {
            setKept(undefined);
            navigate(paths.dataSource(source.id, source.entry === 'manual' ? 'view-data' : 'overview'), {
              replace: true,
            });
          }}
        />
      ) : (
        <ChooseCustomSource onNew={() => setSearch({ step: 'name' })} />
      )}
    </TaskWindow>
  );
}
