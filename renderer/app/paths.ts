// Every address of the application, in one place.
import type { DataSource } from '#contract';

export const paths = {
  enterpriseComponents: '/enterprise-components',
  newCloudApplication: '/enterprise-components/new/cloud-application',
  newCustomInternalApi: '/enterprise-components/new/custom-internal-api',
  newSpreadsheetsFiles: '/enterprise-components/new/spreadsheets-files',
  captures: '/captures',
  compareCaptures: '/captures/compare',
  /** Of a side that is a version of an item, in the place of the id of a call. */
  itemVersion: (itemId: string, version: number) => `${itemId}@${version}`,
  compare: (left: string, right: string) =>
    `/captures/compare?left=${encodeURIComponent(left)}&right=${encodeURIComponent(right)}`,
  replay: '/replay',
  replayPart: (part: string) => `/replay/${part}`,
  replayJob: (id: string) => `/replay/jobs/${encodeURIComponent(id)}`,
  settings: '/settings',
  solutions: '/solutions',
  deliveries: '/deliveries',
  solution: (id: string, section = 'modules') => `/solutions/${encodeURIComponent(id)}/${section}`,
  newModule: (solutionId: string) => `/solutions/${encodeURIComponent(solutionId)}/new-module`,
  module: (id: string, section = 'builder') => `/modules/${encodeURIComponent(id)}/${section}`,
  /** One run in the list of its module. */
  run: (moduleId: string, runId: string) =>
    `/modules/${encodeURIComponent(moduleId)}/runs?run=${encodeURIComponent(runId)}`,
  delivery: (id: string) => `/deliveries?delivery=${encodeURIComponent(id)}`,
  setUp: (id: string) => `/data-sources/${encodeURIComponent(id)}/set-up`,
  dataSource: (id: string, section = 'overview') => `/data-sources/${encodeURIComponent(id)}/${section}`,
  connection: (id: string, connectionId: string) =>
    `/data-sources/${encodeURIComponent(id)}/connections/${encodeURIComponent(connectionId)}`,
  action: (id: string, actionId: string) =>
    `/data-sources/${encodeURIComponent(id)}/actions/${encodeURIComponent(actionId)}`,
};

/** Where a data source opens: an application's set-up as long as nothing was mapped, else the overview. A custom API may only send. */
export function homeOf(dataSource: Pick<DataSource, 'id' | 'hasMapping' | 'kind'>): string {
  return dataSource.hasMapping || dataSource.kind === 'custom'
    ? paths.dataSource(dataSource.id)
    : paths.setUp(dataSource.id);
}
