// The screen of one module: its second column, its head, and the builder, the dry run, its runs or its deliveries.
import { Skeleton } from '@mantine/core';
import { Redirect, useLocation, useParams } from 'wouter';
import type { Module } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import panelClasses from '../data-source/data-source-screen.module.css';
import { DeliveriesList } from '../deliveries/deliveries-list.tsx';
import { RunsList } from '../runs/runs-list.tsx';
import { Builder } from './builder.tsx';
import { DryRun } from './dry-run.tsx';
import { ModuleHead } from './module-head.tsx';
import { ModulePanel, resultSections } from './module-panel.tsx';
import { SaveModule } from './save-module.tsx';
import { useModuleDraft } from './use-module-draft.ts';
import { useSavingModule } from './use-saving-module.ts';

const words = text.modules;
const sections = ['builder', ...resultSections] as const;
type Section = (typeof sections)[number];

export function ModuleScreen() {
  const { id, section } = useParams<{ id: string; section: string }>();
  const [, navigate] = useLocation();
  const { data, problem, refetch, loading } = useCall('modules.get', { id });
  useEvent('modules.changed', (event) => {
    if (event.id === id) refetch();
  });
  useEvent('solutions.changed', refetch);
  const known = sections.find((each) => each === section);
  if (!known) return <Redirect to={paths.module(id)} replace />;
  if (problem) {
    return (
      <div className={panelClasses.padded}>
        <ProblemNotice
          {...problemWords(problem, words.notShown)}
          action={
            problem.code === 'module.missing'
              ? { label: words.openSolutions, onPress: () => navigate(paths.solutions) }
              : { label: text.problems.tryAgain, onPress: refetch, busy: loading }
          }
        />
      </div>
    );
  }
  if (!data) {
    return (
      <div className={panelClasses.padded} aria-busy>
        <Skeleton height={20} width="30%" mb="md" />
        <Skeleton height={200} />
      </div>
    );
  }
  return <KnownModule key={id} module={data.module} section={known} refetch={refetch} />;
}

interface KnownModuleProps {
  module: Module;
  section: Section;
  refetch: () => void;
}

function KnownModule({ module, section, refetch }: KnownModuleProps) {
  const state = useModuleDraft(module.id, module);
  const saving = useSavingModule(state, { moduleId: module.id });

  async function save(): Promise<boolean> {
    const saved = await saving.save();
    if (!saved) return false;
    refetch();
    return true;
  }

  return (
    <div className={panelClasses.screen}>
      <ModulePanel moduleId={module.id} current={section} draft={state.draft} faults={saving.faults} />
      <div className={panelClasses.content}>
        <ModuleHead module={module} onChanged={refetch} />
        {section === 'builder' && (
          <>
            <Builder
              solutionId={module.solutionId}
              module={module}
              draft={state.draft}
              faults={saving.faults}
              onChange={state.change}
            />
            <SaveModule
              state={state}
              isNew={false}
              faultCount={Object.keys(saving.faults).length}
              problem={saving.problem}
              onSave={save}
              onDiscard={saving.forget}
            />
          </>
        )}
        {section === 'dry-run' && (
          <DryRun moduleId={module.id} solutionId={module.solutionId} draft={state.draft} />
        )}
        {section === 'runs' && <RunsList of={{ moduleId: module.id }} />}
        {section === 'deliveries' && <DeliveriesList moduleId={module.id} />}
      </div>
    </div>
  );
}
