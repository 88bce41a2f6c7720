// The builder for a module that does not exist yet; Create makes it and goes on to its screen.
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { paths } from '../../app/paths.ts';
import { text } from '../../text/en.ts';
import panelClasses from '../data-source/data-source-screen.module.css';
import { Builder } from './builder.tsx';
import { ModulePanel } from './module-panel.tsx';
import screenClasses from './module-screen.module.css';
import { SaveModule } from './save-module.tsx';
import { useModuleDraft } from './use-module-draft.ts';
import { useSavingModule } from './use-saving-module.ts';

const words = text.modules;

export function NewModuleScreen() {
  const { id: solutionId } = useParams<{ id: string }>();
  const [, navigate] = useLocation();
  const [enabled, setEnabled] = useState(false);
  const state = useModuleDraft(`new:${solutionId}`, undefined);
  const saving = useSavingModule(state, { solutionId, enabled });

  async function save(): Promise<boolean> {
    const made = await saving.save();
    if (!made) return false;
    navigate(paths.module(made.id), { replace: true });
    return true;
  }

  return (
    <div className={panelClasses.screen}>
      <ModulePanel moduleId={undefined} current="builder" draft={state.draft} faults={saving.faults} />
      <div className={panelClasses.content}>
        <header className={screenClasses.head}>
          <h1 className={screenClasses.title}>{words.newModule}</h1>
          <span className={screenClasses.headEnd}>
            <Switch
              size="sm"
              label={words.enabled}
              checked={enabled}
              onChange={(event) => setEnabled(event.currentTarget.checked)}
            />
          </span>
        </header>
        <Builder
          solutionId={solutionId}
          module={undefined}
          draft={state.draft}
          faults={saving.faults}
          onChange={state.change}
        />
        <SaveModule
          state={state}
          isNew
          faultCount={Object.keys(saving.faults).length}
          problem={saving.problem}
          onSave={save}
          onDiscard={saving.forget}
        />
      </div>
    </div>
  );
}
