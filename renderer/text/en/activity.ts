// Sentences of the chart of calls.
import { countOf, formatCount } from '../../design/formats.ts';

export const activity = {
  title: 'Calls over time',
  span: 'Time shown',
  spans: { hour: 'Hour', day: 'Day', week: '7 days', month: '30 days' },
  notRead: 'The chart could not be read',
  chart: (calls: number, span: string) => `${countOf(calls, 'call', 'calls')}, ${span.toLowerCase()}`,
  hint: 'Point at a bar, or use the arrow keys, to read its numbers.',
  none: 'No calls in this time.',
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
  from: 'From',
  health: {
    hour: 'Health in the last hour',
    day: 'Health in the last day',
    week: 'Health in the last 7 days',
    month: 'Health in the last 30 days',
  },
  accepted: 'Accepted',
  acceptedOf: (good: number, judged: number) =>
    `${formatCount(good)} of ${countOf(judged, 'call', 'calls')} in this time`,
  acceptedNone: 'No call in this time',
  slowest: 'Slowest answer',
  slowestNone: 'None in this time',
  slowestOf: (limit: string) => `The application waits ${limit}.`,
  slowestFree: 'No limit of this application is known.',
  lastError: 'Last error',
  lastErrorNone: 'None',
  lastErrorStatus: (status: number) => `Answered ${status}`,
  openError: 'Open the call',
};
