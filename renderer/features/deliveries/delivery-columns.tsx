// The columns of a list of deliveries.
import type { Delivery } from '#contract';
import { formatCount } from '../../design/formats.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import type { VirtualColumn } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './deliveries.module.css';
import { DeliveryStateBadge } from './delivery-state.tsx';
import { nextTryAt, useDestination } from './use-destinations.ts';

const { columns: words } = text.deliveries;

export const deliveryColumns: VirtualColumn<Delivery>[] = [
  {
    key: 'state',
    header: words.state,
    width: 'minmax(6.5rem, 0.8fr)',
    cell: (row) => <DeliveryStateBadge state={row.state} plain />,
  },
  {
    key: 'what',
    header: words.what,
    width: 'minmax(6rem, 2fr)',
    cell: (row) => (
      <span className={classes.what} title={`${row.method} ${row.url}`}>
        <PayloadText text={row.name} />
      </span>
    ),
  },
  {
    key: 'destination',
    header: words.destination,
    width: 'minmax(8rem, 1.6fr)',
    hideBelow: 720,
    cell: (row) => <code className={classes.code}>{row.destination}</code>,
  },
  {
    key: 'item',
    header: words.item,
    width: 'minmax(6rem, 1.2fr)',
    hideBelow: 560,
    cell: (row) => row.itemTitle !== undefined && <PayloadText text={row.itemTitle} />,
  },
  {
    key: 'answer',
    header: words.answer,
    width: 'minmax(6rem, 0.8fr)',
    hideBelow: 860,
    cell: (row) => <LastAnswer delivery={row} />,
  },
  {
    key: 'tries',
    header: words.tries,
    width: '52px',
    align: 'end',
    hideBelow: 480,
    cell: (row) => formatCount(row.attempts),
  },
  {
    key: 'next',
    header: words.next,
    width: '7rem',
    align: 'end',
    hideBelow: 980,
    cell: (row) =>
      row.state === 'waiting' && row.nextAttemptAt ? (
        <NextTryCell destination={row.destination} at={row.nextAttemptAt} />
      ) : (
        ''
      ),
  },
  {
    key: 'created',
    header: words.created,
    width: 'minmax(6.5rem, 0.8fr)',
    align: 'end',
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
];

function LastAnswer({ delivery }: { delivery: Delivery }) {
  if (delivery.lastStatus !== undefined) return <code className={classes.code}>{delivery.lastStatus}</code>;
  if (delivery.lastFailure) {
    return (
      <span className={classes.failure} title={delivery.lastFailure.message}>
        {text.deliveries.noAnswer}
      </span>
    );
  }
  return delivery.attempts === 0 ? <span className={classes.muted}>{text.deliveries.notTried}</span> : '';
}

/** A paused destination gets nothing, whatever is due. */
function NextTryCell({ destination, at }: { destination: string; at: string }) {
  const known = useDestination(destination);
  if (known?.state === 'paused') return text.deliveries.held;
  return <RelativeTime at={nextTryAt(at, known?.heldUntil) ?? at} ahead />;
}
