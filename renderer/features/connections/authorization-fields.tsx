// "Authorization": its kind and what that kind asks for. Secrets are typed here and go to the engine at Save only.
import { Button, Input, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { AuthorizationKind, OutgoingConfiguration } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import classes from './connections.module.css';
import { newKey, type OutgoingDraft, secretIsSet, type TypedSecrets } from './outgoing-draft.ts';
import { SecretField } from './secret-field.tsx';

const words = text.connections;
const kinds = Object.keys(words.kinds) as AuthorizationKind[];

export interface OutgoingFieldsProps {
  draft: OutgoingDraft;
  secrets: TypedSecrets;
  saved: OutgoingConfiguration | undefined;
  /** What is wrong at a path inside the configuration. */
  faultAt: (path: string) => string | undefined;
  onEdit: (change: Partial<OutgoingDraft>) => void;
  onSecrets: (change: Partial<TypedSecrets>) => void;
}

export function AuthorizationFields(props: OutgoingFieldsProps) {
  const { draft, onEdit } = props;
  return (
    <fieldset className={classes.group}>
      <NativeSelect
        label={words.authorization}
        description={words.kindAbout[draft.kind]}
        value={draft.kind}
        onChange={(event) => onEdit({ kind: event.currentTarget.value as AuthorizationKind })}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
      />
      <KindFields {...props} />
    </fieldset>
  );
}

function KindFields(props: OutgoingFieldsProps) {
  const { draft, secrets, saved, faultAt, onEdit, onSecrets } = props;
  const isSet = secretIsSet(saved, draft.kind);
  const plain = { spellCheck: false, autoComplete: 'off' } as const;
  switch (draft.kind) {
    case 'none':
      return null;
    case 'basic':
      return (
        <>
          <TextInput
            {...plain}
            label={words.username}
            value={draft.username}
            error={faultAt('authorization.username')}
            onChange={(event) => onEdit({ username: event.currentTarget.value })}
          />
          <SecretField
            label={words.password}
            description={words.passwordAbout}
            isSet={isSet}
            typed={secrets.password}
            error={faultAt('authorization.password')}
            onType={(password) => onSecrets({ password })}
            removal={{
              isAsked: draft.dropsPassword,
              onAsk: (dropsPassword) => onEdit({ dropsPassword }),
            }}
          />
        </>
      );
    case 'bearer':
      return (
        <SecretField
          label={words.token}
          isSet={isSet}
          typed={secrets.token}
          error={faultAt('authorization.token')}
          onType={(token) => onSecrets({ token })}
        />
      );
    case 'apiKey':
      return (
        <>
          <div className={classes.pair}>
            <Input.Wrapper label={words.keyIn} labelElement="div" labelProps={{ id: 'api-key-place' }}>
              <div>
                <SegmentedControl
                  aria-labelledby="api-key-place"
                  value={draft.apiKeyIn}
                  onChange={(value) => onEdit({ apiKeyIn: value === 'query' ? 'query' : 'header' })}
                  data={(['header', 'query'] as const).map((value) => ({
                    value,
                    label: words.keyPlaces[value],
                  }))}
                />
              </div>
            </Input.Wrapper>
            <TextInput
              {...plain}
              className={classes.grow}
              label={words.keyName[draft.apiKeyIn]}
              placeholder={words.keyNamePlaceholder[draft.apiKeyIn]}
              value={draft.apiKeyName}
              error={faultAt('authorization.name')}
              onChange={(event) => onEdit({ apiKeyName: event.currentTarget.value })}
            />
          </div>
          <SecretField
            label={words.key}
            isSet={isSet}
            typed={secrets.apiKey}
            error={faultAt('authorization.value')}
            onType={(apiKey) => onSecrets({ apiKey })}
          />
        </>
      );
    case 'oauth2':
      return (
        <>
          <TextInput
            {...plain}
            label={words.tokenUrl}
            placeholder={words.tokenUrlPlaceholder}
            value={draft.tokenUrl}
            error={faultAt('authorization.tokenUrl')}
            onChange={(event) => onEdit({ tokenUrl: event.currentTarget.value })}
          />
          <TextInput
            {...plain}
            label={words.clientId}
            value={draft.clientId}
            error={faultAt('authorization.clientId')}
            onChange={(event) => onEdit({ clientId: event.currentTarget.value })}
          />
          <SecretField
            label={words.clientSecret}
            isSet={isSet}
            typed={secrets.clientSecret}
            error={faultAt('authorization.clientSecret')}
            onType={(clientSecret) => onSecrets({ clientSecret })}
          />
          <div className={classes.pair}>
            <TextInput
              {...plain}
              className={classes.grow}
              label={words.scope}
              value={draft.scope}
              error={faultAt('authorization.scope')}
              onChange={(event) => onEdit({ scope: event.currentTarget.value })}
            />
            <TextInput
              {...plain}
              className={classes.grow}
              label={words.audience}
              value={draft.audience}
              error={faultAt('authorization.audience')}
              onChange={(event) => onEdit({ audience: event.currentTarget.value })}
            />
          </div>
          <NativeSelect
            label={words.clientAuthentication}
            value={draft.clientAuthentication}
            onChange={(event) =>
              onEdit({ clientAuthentication: event.currentTarget.value === 'body' ? 'body' : 'basic' })
            }
            data={(['basic', 'body'] as const).map((value) => ({
              value,
              label: words.clientAuthentications[value],
            }))}
          />
        </>
      );
    case 'other':
      return <OtherHeaders {...props} />;
  }
}

function OtherHeaders({ draft, secrets, saved, faultAt, onEdit, onSecrets }: OutgoingFieldsProps) {
  const rows = draft.otherHeaders;
  return (
    <>
      <ul className={classes.rows}>
        {rows.map(({ key, name }, index) => (
          <li key={key} className={classes.row}>
            <TextInput
              className={classes.grow}
              label={words.headerName}
              placeholder="X-Api-Key"
              value={name}
              error={faultAt(`authorization.headers.${index}.name`)}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) =>
                onEdit({ otherHeaders: rows.with(index, { key, name: event.currentTarget.value }) })
              }
            />
            <div className={classes.grow}>
              <SecretField
                label={words.headerValue}
                isSet={secretIsSet(saved, 'other', name)}
                typed={secrets.values[key]}
                error={faultAt(`authorization.headers.${index}.value`)}
                onType={(value) => onSecrets({ values: { ...secrets.values, [key]: value ?? '' } })}
              />
            </div>
            {rows.length > 1 && (
              <RemoveButton
                className={classes.rowRemove}
                label={words.removeHeader(name)}
                onClick={() => {
                  onEdit({ otherHeaders: rows.toSpliced(index, 1) });
                  onSecrets({ values: { ...secrets.values, [key]: '' } });
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={rows.length >= 20}
          onClick={() => onEdit({ otherHeaders: [...rows, { key: newKey(), name: '' }] })}
        >
          {words.addHeader}
        </Button>
      </div>
    </>
  );
}
