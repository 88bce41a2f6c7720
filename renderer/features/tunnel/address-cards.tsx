// Where to paste it: one card for each webhook URL whose application still has an address that leads here no more.
import { Button, Checkbox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AddressCard as Card } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { CodeLine } from '../../design/code-line.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import styles from './address-cards.module.css';

const words = text.tunnel.cards;

function useAddressCards(): { cards: readonly Card[]; refetch: () => void } {
  const { data, refetch } = useCall('tunnel.addressCards', {});
  useEvent('tunnel.addressCardsChanged', refetch);
  useEvent('tunnel.changed', refetch);
  useEvent('dataSources.changed', refetch);
  return { cards: data?.cards ?? [], refetch };
}

/** All of them, folded into one notice; nothing where no card stands. */
export function AddressCardsNotice() {
  const { cards, refetch } = useAddressCards();
  const [open, setOpen] = useState(false);
  if (cards.length === 0) return null;
  return (
    <section className={styles.notice} aria-label={words.label}>
      <div className={styles.head}>
        <div className={styles.words} role="status">
          <h2 className={styles.title}>{words.title(cards.length)}</h2>
          <p className={styles.about}>{words.about}</p>
        </div>
        <Button
          variant="default"
          aria-expanded={open}
          rightSection={<IconChevronDown size={14} className={styles.chevron} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {open ? words.hide : words.show}
        </Button>
      </div>
      {open && (
        <ul className={styles.cards}>
          {cards.map((card) => (
            <li key={card.connectionId}>
              <AddressCard card={card} onTicked={refetch} isLinked />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The card of one connection, on its source. */
export function ConnectionAddressCard({ connectionId }: { connectionId: string }) {
  const { cards, refetch } = useAddressCards();
  const card = cards.find((each) => each.connectionId === connectionId);
  return card ? <AddressCard card={card} onTicked={refetch} /> : null;
}

interface AddressCardProps {
  card: Card;
  onTicked: () => void;
  isLinked?: boolean;
}

function AddressCard({ card, onTicked, isLinked = false }: AddressCardProps) {
  const tick = useAction('tunnel.tickAddressCard');
  const application = card.applicationName ?? words.anyApplication;

  async function done() {
    if (await tick.run({ connectionId: card.connectionId })) onTicked();
  }

  return (
    <article className={styles.card} aria-label={words.cardLabel(card.dataSourceName)}>
      <h3 className={styles.cardTitle}>
        {isLinked ? (
          <Link href={paths.dataSource(card.dataSourceId)}>{card.dataSourceName}</Link>
        ) : (
          words.paste
        )}
        <span className={styles.since}>
          <RelativeTime at={card.since} />
        </span>
      </h3>
      {card.newUrl ? (
        <CodeLine value={card.newUrl} copyLabel={words.copy} />
      ) : (
        <p className={styles.about}>{words.notLive}</p>
      )}
      <p className={styles.old}>
        {words.old} <del>{card.oldUrl}</del>
      </p>
      {card.steps.length > 0 ? (
        <ol className={styles.steps}>
          {card.steps.map((step) => (
            <li key={step.text}>
              {step.menu && step.menu.length > 0 && (
                <span className={styles.menu}>{step.menu.join(' › ')}</span>
              )}
              {step.text}
            </li>
          ))}
        </ol>
      ) : (
        <p className={styles.about}>{words.where(application)}</p>
      )}
      {tick.problem && <ProblemNotice {...problemWords(tick.problem, words.notTicked)} />}
      <Checkbox
        label={words.done(application)}
        checked={tick.running}
        disabled={tick.running || card.newUrl === undefined}
        onChange={() => void done()}
      />
    </article>
  );
}
