// Sentences of Enterprise Components.
export const enterpriseComponents = {
  list: 'Connected Data Sources',
  about: 'Applications that send their webhooks to this computer.',
  search: 'Search by name',
  filter: 'Status',
  filterAll: 'Every status',
  countOf: (shown: string, all: string) => `${shown} of ${all}`,
  clearSearch: 'Clear the search',
  one: 'data source',
  many: 'data sources',
  columns: {
    name: 'Name',
    kind: 'Kind',
    status: 'Status',
    lastReceived: 'Last received',
    items: 'Items',
    modules: 'Modules',
  },
  never: 'Never',
  createdAt: (when: string) => `created ${when}`,
  emptyAction: 'New Data Source',
  emptyTitle: 'Connect your first application',
  emptyAbout:
    'A data source gives an application a webhook URL on this computer and turns what it sends into items. Create one, then send it a call.',
  emptySteps: [
    {
      title: 'Create a data source',
      about: 'Choose the application, or use New Custom Source for any other.',
    },
    {
      title: 'Paste its webhook URL',
      about: 'Into the application, or into curl. Each call shows the moment it arrives.',
    },
    {
      title: 'Map what you receive',
      about: 'Click the values that are the id and the title. Items appear under View Data.',
    },
  ],
  noMatchTitle: 'No data source matches',
  noMatchAbout: 'None of them has this name and status.',
  clearFilter: 'Show all data sources',
  failed: 'The data sources could not be read',
};
