// Whether a module can be saved: everything in it that no run could use is told, with its place. What may come later (access, a mapping, a
// connection that is set up) is no fault of the module; it blocks it, see module-blocks.ts.
import { type ModuleInput, ProblemError } from '#contract';
import { checkParts } from '../actions/prepare-request.ts';
import { partsOf } from './call-parts.ts';
import { compileConditions, type TypeOfField } from './conditions.ts';
import { readSchedule } from './schedule-times.ts';
import { builtIn, type SourceFacts } from './source-facts-table.ts';

export interface ModuleFault {
  /** Dotted, from the module on: `trigger.cron`, `steps.0.path`. */
  path: string;
  message: string;
}

export interface ModuleLookups {
  source(id: string): SourceFacts | undefined;
  /** Whether the action belongs to the data source. */
  hasAction(dataSourceId: string, actionId: string): boolean;
  hasConnection(dataSourceId: string, connectionId: string): boolean;
  /** Fields that items of a data source may have besides those of the mapping: from answers, or from earlier mappings. */
  moreFields(dataSourceId: string): readonly string[];
  /** Why a template cannot be read; undefined where it can. */
  templateFault(template: string): string | undefined;
}

/** The types of all that conditions and fields of a module can name. */
export function typesOf(module: ModuleInput, source: SourceFacts | undefined): TypeOfField {
  const own = new Map(module.fields.map(({ name, type }) => [`module.${name}`, type]));
  return (field) => own.get(field) ?? source?.typeOf(field);
}

/** The first fault that is found, or undefined. */
export function moduleFault(module: ModuleInput, lookups: ModuleLookups): ModuleFault | undefined {
  const source = lookups.source(module.dataSourceId);
  if (!source) return { path: 'dataSourceId', message: 'This data source does not exist. Choose another.' };
  const typeOf = typesOf(module, source);
  return (
    fieldNameFault(module, source, lookups) ??
    triggerFault(module, typeOf) ??
    below('conditions', compileConditions(module.conditions, typeOf).faults) ??
    moduleFieldFault(module, lookups) ??
    stepFault(module, lookups)
  );
}

/** Throws `module.invalid` with the path. */
export function requireSound(module: ModuleInput, lookups: ModuleLookups): void {
  const fault = moduleFault(module, lookups);
  if (fault) throw new ProblemError('module.invalid', fault.message, { path: `module.${fault.path}` });
}

function below(path: string, faults: readonly ModuleFault[]): ModuleFault | undefined {
  const [first] = faults;
  return first && { path: path === '' ? first.path : `${path}.${first.path}`, message: first.message };
}

function triggerFault({ trigger, conditions }: ModuleInput, typeOf: TypeOfField): ModuleFault | undefined {
  if (trigger.kind === 'matchConditions') {
    if (trigger.conditions.length === 0) {
      return { path: 'trigger.conditions', message: 'Match Conditions needs at least one condition.' };
    }
    return below('trigger', compileConditions(trigger, typeOf).faults);
  }
  if (trigger.kind === 'onScheduled') {
    const read = readSchedule(trigger.cron, trigger.timeZone);
    if (!read.ok) return { path: `trigger.${read.path}`, message: read.message };
    if (read.times.after(Date.now()) === undefined) {
      return { path: 'trigger.cron', message: 'This schedule never comes: no date fits it.' };
    }
    const aboutItem = conditions.conditions.findIndex(({ field }) => !field.startsWith('module.'));
    if (trigger.over === 'once' && aboutItem >= 0) {
      return {
        path: `conditions.conditions.${aboutItem}.field`,
        message:
          'A run without an item has no fields of items to look at. Choose "each item", or a field of the module.',
      };
    }
  }
  return undefined;
}

function fieldNameFault(
  module: ModuleInput,
  source: SourceFacts,
  lookups: ModuleLookups,
): ModuleFault | undefined {
  const named: [path: string, field: string][] = [];
  const { trigger } = module;
  if (trigger.kind === 'fieldChanged') {
    trigger.fields.forEach((field, i) => void named.push([`trigger.fields.${i}`, field]));
  }
  if (trigger.kind === 'matchConditions') {
    trigger.conditions.forEach(({ field }, i) => void named.push([`trigger.conditions.${i}.field`, field]));
  }
  module.conditions.conditions.forEach(
    ({ field }, i) => void named.push([`conditions.conditions.${i}.field`, field]),
  );
  module.fields.forEach(({ from }, i) => {
    if (from.kind === 'source') named.push([`fields.${i}.from.field`, from.field]);
  });
  const own = new Set(module.fields.map(({ name }) => `module.${name}`));
  const known = new Set([
    ...source.fields.map(({ name }) => name),
    ...lookups.moreFields(module.dataSourceId),
  ]);
  for (const [path, field] of named) {
    if (builtIn.has(field)) continue;
    if (field.startsWith('module.') && !path.startsWith('trigger.fields') && !path.startsWith('fields.')) {
      if (own.has(field)) continue;
      return { path, message: `The module has no field "${field.slice('module.'.length)}".` };
    }
    if (!field.startsWith('fields.')) {
      return {
        path,
        message: `"${field}" is no field. Write id, title, or "fields." and a name${path.startsWith('conditions') ? ', or "module." and a name' : ''}.`,
      };
    }
    // Without a mapping nothing is known of the fields yet.
    if (source.hasItems && !known.has(field.slice('fields.'.length))) {
      return {
        path,
        message: `The items of ${source.name} have no field "${field.slice('fields.'.length)}". Map it under Inbound Webhook, or choose another.`,
      };
    }
  }
  return undefined;
}

function moduleFieldFault(module: ModuleInput, lookups: ModuleLookups): ModuleFault | undefined {
  const names = new Set<string>();
  for (const [i, { name, from }] of module.fields.entries()) {
    if (names.has(name)) {
      return { path: `fields.${i}.name`, message: `There are two fields with the name "${name}".` };
    }
    names.add(name);
    if (from.kind !== 'formula') continue;
    const message = lookups.templateFault(from.formula);
    if (message !== undefined) return { path: `fields.${i}.from.formula`, message };
  }
  return undefined;
}

function stepFault(module: ModuleInput, lookups: ModuleLookups): ModuleFault | undefined {
  const ids = new Set<string>();
  for (const [i, step] of module.steps.entries()) {
    const at = `steps.${i}`;
    if (ids.has(step.id)) return { path: `${at}.id`, message: `Two steps have the id "${step.id}".` };
    ids.add(step.id);
    if (!lookups.source(step.dataSourceId)) {
      return { path: `${at}.dataSourceId`, message: 'This data source does not exist. Choose another.' };
    }
    if (step.actionId !== undefined && !lookups.hasAction(step.dataSourceId, step.actionId)) {
      return {
        path: `${at}.actionId`,
        message: 'The data source has no such action. It may have been deleted.',
      };
    }
    if (step.connectionId !== undefined && !lookups.hasConnection(step.dataSourceId, step.connectionId)) {
      return { path: `${at}.connectionId`, message: 'The data source has no such connection.' };
    }
    if (step.actionId === undefined && step.method === undefined) {
      return { path: `${at}.method`, message: 'Choose an action, or give method and path.' };
    }
    if (step.actionId === undefined && step.path === undefined) {
      return { path: `${at}.path`, message: 'Choose an action, or give method and path.' };
    }
    // Only what the step gives itself; the parts of the action were checked with it.
    const [fault] = checkParts(partsOf(step, undefined));
    if (fault) return { path: `${at}.${fault.where}`, message: fault.message };
  }
  return undefined;
}
