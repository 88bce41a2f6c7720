// What most connections leave as it is: extra headers, the time limit, private targets, the signing secret.
import { Button, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import type { OutgoingFieldsProps } from './authorization-fields.tsx';
import classes from './connections.module.css';
import { newKey } from './outgoing-draft.ts';
import { SecretField } from './secret-field.tsx';

const words = text.connections;

export function MoreFields({ draft, secrets, saved, faultAt, onEdit, onSecrets }: OutgoingFieldsProps) {
  const { headers } = draft;
  const targetFault = draft.allowedTargets
    .map((_, index) => faultAt(`allowedTargets.${index}`))
    .find((fault) => fault !== undefined);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{words.more}</legend>
      <div>
        <div className={classes.label}>{words.headers}</div>
        <p className={classes.hint}>{words.headersAbout}</p>
        <ul className={classes.rows}>
          {headers.map(({ key, name, value }, index) => (
            <li key={key} className={classes.row}>
              <TextInput
                className={classes.grow}
                label={words.headerName}
                value={name}
                error={faultAt(`headers.${index}.name`)}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) =>
                  onEdit({ headers: headers.with(index, { key, name: event.currentTarget.value, value }) })
                }
              />
              <TextInput
                className={classes.grow}
                label={words.value}
                value={value}
                error={faultAt(`headers.${index}.value`)}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) =>
                  onEdit({ headers: headers.with(index, { key, name, value: event.currentTarget.value }) })
                }
              />
              <RemoveButton
                className={classes.rowRemove}
                label={words.removeHeader(name)}
                onClick={() => onEdit({ headers: headers.toSpliced(index, 1) })}
              />
            </li>
          ))}
        </ul>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={headers.length >= 50}
          onClick={() => onEdit({ headers: [...headers, { key: newKey(), name: '', value: '' }] })}
        >
          {words.addExtraHeader}
        </Button>
      </div>
      <NumberInput
        className={classes.short}
        label={words.timeout}
        value={draft.timeoutS}
        min={1}
        max={60}
        error={faultAt('timeoutMs')}
        onChange={(value) => onEdit({ timeoutS: typeof value === 'number' ? value : Number(value) })}
      />
      <TagsInput
        label={words.targets}
        description={words.targetsAbout}
        placeholder={words.targetsPlaceholder}
        value={draft.allowedTargets}
        error={targetFault ?? faultAt('allowedTargets')}
        acceptValueOnBlur
        maxTags={20}
        onChange={(allowedTargets) => onEdit({ allowedTargets })}
      />
      <SecretField
        label={words.signing}
        description={words.signingAbout}
        isSet={saved?.signingSecretSet ?? false}
        typed={secrets.signing}
        error={faultAt('signingSecret')}
        onType={(signing) => onSecrets({ signing })}
        removal={{
          isAsked: draft.dropsSigningSecret,
          onAsk: (dropsSigningSecret) => onEdit({ dropsSigningSecret }),
        }}
      />
    </fieldset>
  );
}
