// The second column of a module: the parts of the builder, which it scrolls to, and what came of the module.
import {
  IconBolt,
  IconBraces,
  IconFilter,
  IconFlask,
  IconInfoCircle,
  IconPlayerPlay,
  IconSend,
  IconTransferOut,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { formatCount } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import panelClasses from '../data-source/data-source-screen.module.css';
import { useEntryInSight } from '../data-source/use-entry-in-sight.ts';
import type { ModuleDraft } from './module-draft.ts';
import type { Faults } from './module-input.ts';
import screenClasses from './module-screen.module.css';

const words = text.modules;
export const builderParts = ['general', 'trigger', 'conditions', 'fields', 'actions'] as const;
export const resultSections = ['dry-run', 'runs', 'deliveries'] as const;
const airAbove = 16;
type Entry = (typeof builderParts)[number] | (typeof resultSections)[number];

const icons: Record<Entry, TablerIcon> = {
  general: IconInfoCircle,
  trigger: IconBolt,
  conditions: IconFilter,
  fields: IconBraces,
  actions: IconSend,
  'dry-run': IconFlask,
  runs: IconPlayerPlay,
  deliveries: IconTransferOut,
};

interface ModulePanelProps {
  /** Undefined: a new module, which has no results yet. */
  moduleId: string | undefined;
  current: 'builder' | (typeof resultSections)[number];
  draft: ModuleDraft;
  faults: Faults;
}

export function ModulePanel({ moduleId, current, draft, faults }: ModulePanelProps) {
  const [location, navigate] = useLocation();
  const panel = useEntryInSight(current);
  const builder = moduleId === undefined ? location : paths.module(moduleId);
  const counts: Partial<Record<Entry, number>> = {
    conditions: draft.conditions.conditions.length,
    fields: draft.fields.length,
    actions: draft.steps.length,
  };

  function go(part: (typeof builderParts)[number]) {
    if (location !== builder) navigate(builder);
    requestAnimationFrame(() => {
      const section = document.getElementById(part);
      // By hand: scrollIntoView would move the frame around it, too.
      if (section?.parentElement)
        section.parentElement.scrollTop = section.offsetTop - section.parentElement.offsetTop - airAbove;
      section?.focus({ preventScroll: true });
    });
  }

  return (
    <nav ref={panel} className={panelClasses.panel} aria-label={words.panel}>
      <section className={panelClasses.group}>
        <h2 className={panelClasses.groupTitle}>{words.groups.setUp}</h2>
        <ul className={panelClasses.entries}>
          {builderParts.map((part) => {
            const Icon = icons[part];
            const faulty = faultsIn(faults, part);
            return (
              <li key={part}>
                <button
                  type="button"
                  className={`${panelClasses.entry} ${screenClasses.entry}`}
                  onClick={() => go(part)}
                >
                  <Icon size={16} stroke={1.8} aria-hidden />
                  <span>{words.sections[part]}</span>
                  {faulty > 0 ? (
                    <span className={screenClasses.faulty}>{words.faultsIn(faulty)}</span>
                  ) : (
                    (counts[part] ?? 0) > 0 && (
                      <span className={panelClasses.count} aria-hidden="true">
                        {formatCount(counts[part] ?? 0)}
                      </span>
                    )
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      {moduleId !== undefined && (
        <section className={panelClasses.group}>
          <h2 className={panelClasses.groupTitle}>{words.groups.results}</h2>
          <ul className={panelClasses.entries}>
            {resultSections.map((section) => {
              const Icon = icons[section];
              return (
                <li key={section}>
                  <Link
                    href={paths.module(moduleId, section)}
                    className={panelClasses.entry}
                    aria-current={section === current ? 'page' : undefined}
                  >
                    <Icon size={16} stroke={1.8} aria-hidden />
                    <span>{words.sections[section]}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </nav>
  );
}

const places: Record<(typeof builderParts)[number], RegExp> = {
  general: /^(name|dataSourceId)/,
  trigger: /^trigger/,
  conditions: /^conditions/,
  fields: /^fields/,
  actions: /^steps/,
};

function faultsIn(faults: Faults, part: (typeof builderParts)[number]): number {
  return Object.keys(faults).filter((path) => places[part].test(path)).length;
}
