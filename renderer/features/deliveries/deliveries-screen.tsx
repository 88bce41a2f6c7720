// Deliveries of all data sources: paused destinations on top, then the list.
import { PageHeader } from '../../design/page-header.tsx';
import { text } from '../../text/en.ts';
import classes from './deliveries.module.css';
import { DeliveriesList } from './deliveries-list.tsx';
import { PausedDestinations } from './paused-destinations.tsx';

export function DeliveriesScreen() {
  return (
    <div className={classes.section}>
      <PageHeader title={text.deliveries.title} about={text.deliveries.about} />
      <PausedDestinations />
      <DeliveriesList pausedShown />
    </div>
  );
}
