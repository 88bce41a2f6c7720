// The columns of the list of actions.
import type { Action } from '#contract';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import type { VirtualColumn } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import classes from './actions.module.css';

const words = text.actions;

export const actionColumns: VirtualColumn<Action>[] = [
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(0, 2fr)',
    sortValue: ({ name }) => name,
    cell: ({ name }) => (
      <span className={classes.name}>
        <MiddleEllipsis>{name}</MiddleEllipsis>
      </span>
    ),
  },
  {
    key: 'effect',
    header: words.columns.effect,
    width: 'minmax(0, 1.2fr)',
    hideBelow: 640,
    sortValue: ({ effect }) => words.effects[effect],
    cell: ({ effect }) => words.effects[effect],
  },
  {
    key: 'request',
    header: words.columns.request,
    width: 'minmax(0, 3fr)',
    sortValue: ({ method, path }) => `${method} ${path}`,
    cell: ({ method, path }) => (
      <code className={classes.request} dir="ltr" title={`${method} ${path}`}>
        <strong>{method}</strong> {path === '' ? '/' : path}
      </code>
    ),
  },
  {
    key: 'usedBy',
    header: words.columns.usedBy,
    width: 'minmax(88px, 1fr)',
    hideBelow: 520,
    sortValue: ({ usedBy }) => usedBy,
    cell: ({ usedBy }) => <span className={classes.muted}>{words.usedBy(usedBy)}</span>,
  },
];
