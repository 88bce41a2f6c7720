// A secret as a field: set, replaced, removed; never shown. What is typed stays here until it is saved.
import { Button, Input, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../text/en.ts';
import classes from './connections.module.css';

const words = text.connections;

interface SecretFieldProps {
  label: string;
  description?: string;
  isSet: boolean;
  typed: string | undefined;
  error?: string | undefined;
  onType: (typed: string | undefined) => void;
  /** Where the secret alone can be removed: whether that is asked for. */
  removal?: { isAsked: boolean; onAsk: (isAsked: boolean) => void };
}

export function SecretField({ label, description, isSet, typed, error, onType, removal }: SecretFieldProps) {
  const [replacing, setReplacing] = useState(false);
  const isTyping = !isSet || replacing || Boolean(typed);
  if (isTyping && !removal?.isAsked) {
    return (
      <div className={classes.secret}>
        <PasswordInput
          className={classes.grow}
          label={label}
          description={description}
          value={typed ?? ''}
          error={error}
          autoFocus={replacing}
          autoComplete="new-password"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': words.showTyped }}
          onChange={(event) =>
            onType(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
          }
        />
        {isSet && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              setReplacing(false);
              onType(undefined);
            }}
          >
            {words.keepSet}
          </Button>
        )}
      </div>
    );
  }
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error}>
      <div className={classes.secretSet}>
        <span className={classes.secretWords}>{removal?.isAsked ? words.willBeRemoved : words.isSet}</span>
        {removal?.isAsked ? (
          <Button size="xs" variant="default" onClick={() => removal.onAsk(false)}>
            {words.keepIt}
          </Button>
        ) : (
          <>
            <Button
              size="xs"
              variant="default"
              aria-label={words.replaceNamed(label)}
              onClick={() => setReplacing(true)}
            >
              {words.replace}
            </Button>
            {removal && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={words.removeSecretNamed(label)}
                onClick={() => removal.onAsk(true)}
              >
                {words.removeSecret}
              </Button>
            )}
          </>
        )}
      </div>
    </Input.Wrapper>
  );
}
