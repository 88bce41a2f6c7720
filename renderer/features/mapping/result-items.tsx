// What the mapping makes of the chosen call: its items as cards.
import { IconAlertTriangle } from '@tabler/icons-react';
import type { PreviewItem } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { ValueText } from '../payload/value-text.tsx';
import classes from './result-items.module.css';

interface ResultItemsProps {
  items: readonly PreviewItem[];
  itemCount: number;
}

export function ResultItems({ items, itemCount }: ResultItemsProps) {
  // Ids may repeat or be missing, so an item is known by its place in the payload.
  const cards = items.map((item, at) => ({ at, item }));
  return (
    <section className={classes.result} aria-label={text.mapping.result}>
      <h2 className={classes.heading}>{text.mapping.itemsFromCall(itemCount)}</h2>
      <ol className={classes.items}>
        {cards.map(({ at, item }) => (
          <ItemCard key={at} item={item} />
        ))}
      </ol>
      {itemCount > items.length && (
        <p className={classes.more}>{text.mapping.moreItems(itemCount - items.length)}</p>
      )}
    </section>
  );
}

function ItemCard({ item }: { item: PreviewItem }) {
  const fields = Object.entries(item.fields);
  return (
    <li className={classes.item} data-faulty={item.problem !== undefined}>
      <div className={classes.head}>
        <span className={classes.title} data-empty={!item.title}>
          {item.title ? <PayloadText text={item.title} /> : text.mapping.noTitle}
        </span>
        <code className={classes.id} data-empty={item.externalId === undefined}>
          {item.externalId === undefined ? text.mapping.noId : <PayloadText text={item.externalId} />}
        </code>
      </div>
      {item.problem && (
        <p className={classes.problem}>
          <IconAlertTriangle size={14} aria-hidden />
          {item.problem}
        </p>
      )}
      {fields.length > 0 && (
        <dl className={classes.fields}>
          {fields.map(([name, value]) => (
            <div key={name} className={classes.field}>
              <dt>
                <PayloadText text={name} />
              </dt>
              <dd>
                <ValueText value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
