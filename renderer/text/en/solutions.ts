// Sentences of solutions.
import { countOf } from '../../design/formats.ts';

const modulesOf = (count: number) => countOf(count, 'module', 'modules');

export const solutions = {
  title: 'Solutions',
  solution: 'Solution',
  about: 'What your items are used for. A solution contains modules, which act when items change.',
  newSolution: 'New Solution',
  emptyTitle: 'No solutions yet',
  emptyAbout:
    'A solution groups modules. A module waits for an item to be added or changed and calls another application. Begin with a name.',
  list: 'Solutions',
  failed: 'The solutions could not be read',
  search: 'Search solutions',
  clearSearch: 'Clear the search',
  noMatchTitle: 'No solution has this name',
  noMatchAbout: 'Try a part of a name.',
  columns: {
    name: 'Name',
    modules: 'Modules',
    enabled: 'Enabled',
    dataSources: 'Data sources',
    created: 'Created',
  },
  count: (shown: number, all: number) =>
    shown === all
      ? countOf(all, 'solution', 'solutions')
      : `${shown} of ${countOf(all, 'solution', 'solutions')}`,
  name: 'Name',
  nameMissing: 'Type a name.',
  description: 'What it is for',
  descriptionAbout: 'For colleagues; may stay empty.',
  create: 'Create',
  cancel: 'Cancel',
  save: 'Save',
  notCreated: 'The solution was not created',
  notSaved: 'The solution was not saved',
  edit: 'Rename or describe',
  editTitle: 'Solution',
  menu: 'More',
  delete: 'Delete',
  deleted: (name: string, modules: number) =>
    modules === 0 ? `“${name}” was deleted` : `“${name}” was deleted with ${modulesOf(modules)}`,
  notDeleted: 'The solution was not deleted',
  restored: (name: string) => `“${name}” is back`,
  notRestored: 'It was not brought back',
  undo: 'Undo',
  notShown: 'The solution could not be shown',
  openSolutions: 'Open Solutions',
  sections: 'Parts of the solution',
  section: { modules: 'Modules', runs: 'Runs', 'data-sources': 'Data sources' },
  modulesList: 'Modules',
  modulesFailed: 'The modules could not be read',
  noModulesTitle: 'No modules yet',
  noModulesAbout:
    'A module waits for something to happen to an item (or for a time, or a button) and makes calls to other applications.',
  moduleColumns: {
    name: 'Name',
    state: 'State',
    trigger: 'Trigger',
    dataSource: 'Data source',
    lastRun: 'Last run',
    runs: 'Runs',
    failed: 'Failed',
    enabled: 'Enabled',
  },
  never: 'Never',
  blocked: (count: number) => `${modulesOf(count)} cannot run`,
  sourcesAbout:
    'Modules of this solution can use the items and actions of a data source only where its switch is on.',
  sourcesList: 'Data sources of this solution',
  sourcesFailed: 'The data sources could not be read',
  noSourcesTitle: 'No data sources yet',
  noSourcesAbout: 'Connect an application first; then say here whether this solution may use it.',
  openSources: 'Open Enterprise Components',
  mayUse: (name: string) => `May use ${name}`,
  usedBy: (count: number) => (count === 0 ? 'Not used' : `Used by ${modulesOf(count)}`),
  accessNotChanged: 'The access was not changed',
  stops: (count: number) => `Taking access away stops ${modulesOf(count)}`,
  stopsAbout: (names: string) => `${names} will be blocked until access is given back.`,
  takeAway: 'Take access away',
};
