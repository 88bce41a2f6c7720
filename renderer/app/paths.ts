// Every address of the application, in one place.
import type { DataSource } from '#contract';

export const paths = {
  enterpriseComponents: '/enterprise-components',
  newCloudApplication: '/enterprise-components/new/cloud-application',
  newSpreadsheetsFiles: '/enterprise-components/new/spreadsheets-files',
  settings: '/settings',
  setUp: (id: string) => `/data-sources/${encodeURIComponent(id)}/set-up`,
  dataSource: (id: string, section = 'overview') => `/data-sources/${encodeURIComponent(id)}/${section}`,
};

/** Where a data source opens: its set-up as long as nothing was mapped, then its overview. */
export function homeOf(dataSource: Pick<DataSource, 'id' | 'hasMapping'>): string {
  return dataSource.hasMapping ? paths.dataSource(dataSource.id) : paths.setUp(dataSource.id);
}
