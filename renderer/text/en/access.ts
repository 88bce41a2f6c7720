// Sentences of "Solutions Access".
import { countOf } from '../../design/formats.ts';

export const access = {
  title: 'Solutions Access',
  about: 'Modules of a solution can use this data source only while its switch is on.',
  list: 'Solutions',
  notRead: 'The access of the solutions could not be read',
  notChanged: 'The access was not changed',
  switch: (name: string) => `Access of ${name}`,
  modules: (count: number, enabled: number) =>
    count === 0
      ? 'No module uses this data source.'
      : `${countOf(count, 'module uses', 'modules use')} this data source, ${enabled} of them on.`,
  blocked: (count: number) =>
    `${countOf(count, 'module is', 'modules are')} blocked until access is given back.`,
  takeTitle: (name: string) => `Take access away from “${name}”`,
  takeWords: (count: number) =>
    count === 1
      ? 'This module uses the data source and stops:'
      : 'These modules use the data source and stop:',
  takeAbout: 'They are kept, and run again once access is given back.',
  isOn: 'on',
  isOff: 'off already',
  take: 'Take access away',
  cancel: 'Cancel',
  create: 'Create a solution',
  createTitle: 'Create a solution',
  createAbout: 'It gets access to this data source at once.',
  name: 'Name',
  namePlaceholder: 'For example: Order desk',
  createAction: 'Create',
  notCreated: 'The solution was not created',
  emptyTitle: 'No solutions yet',
  empty:
    'A solution holds modules that use the items of data sources and call their actions. Create one to let it use this data source.',
};
