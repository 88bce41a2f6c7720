// The secrets that are set: since when and by whom, never what they are. Each can be removed.
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { StoredSecret } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import classes from './secret-list.module.css';

const words = text.verification;

interface SecretListProps {
  connectionId: string;
  /** Newest first. */
  secrets: readonly StoredSecret[];
  isToken?: boolean;
  onChanged: () => void;
}

export function SecretList({ connectionId, secrets, isToken = false, onChanged }: SecretListProps) {
  const remove = useAction('connections.removeSecret');
  const [removing, setRemoving] = useState<string>();

  async function press(secretId: string) {
    setRemoving(secretId);
    const answer = await remove.run({ id: connectionId, secretId });
    setRemoving(undefined);
    if (answer) onChanged();
  }

  if (secrets.length === 0) return null;
  return (
    <>
      <ul className={classes.list} aria-label={isToken ? words.verifyToken : words.secrets}>
        {secrets.map((secret, at) => {
          const name = isToken ? words.verifyToken : words.secretNames[at === 0 ? 'newest' : 'older'];
          return (
            <li key={secret.id} className={classes.secret} data-unreadable={!secret.readable}>
              <IconKey size={16} aria-hidden className={classes.icon} />
              <span className={classes.name}>
                <strong>{name}</strong> {words.setAt} <RelativeTime at={secret.setAt} />
                {secret.origin === 'handshake' && ` ${words.byHandshake}`}
                {!secret.readable && <span className={classes.fault}> {words.unreadableSecret}</span>}
              </span>
              <RemoveButton
                size="sm"
                label={words.removeNamed(name)}
                loading={removing === secret.id}
                onClick={() => void press(secret.id)}
              />
            </li>
          );
        })}
      </ul>
      {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notRemoved)} />}
    </>
  );
}
