// The fields of an action: name, effect, connection, then the request from method to body, then the answer.
import { Input, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { actionEffect, actionMethod, type DataSource } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';
import { BodyEditor } from '../request-parts/body-editor.tsx';
import { faultOf, PairRows } from '../request-parts/pair-rows.tsx';
import { TemplateField } from '../request-parts/template-field.tsx';
import classes from './actions.module.css';
import { AnswerFields } from './answer-fields.tsx';
import type { ActionForm } from './use-action-form.ts';

const words = text.actions;

export function ActionFields({ source, form }: { source: DataSource; form: ActionForm }) {
  const { draft, faults, edit } = form;
  const values = form.preview.data?.values ?? [];
  const effectLabel = useId();
  const isNarrow = useMediaQuery('(max-width: 600px)');
  const connectionId = draft.connectionId ?? source.connections[0]?.id;
  const outgoing = useCall(
    'connections.outgoing',
    connectionId === undefined ? undefined : { id: connectionId },
  );
  const hasNoBody = draft.method === 'GET' || draft.method === 'HEAD';
  return (
    <>
      <TextInput
        label={words.name}
        placeholder={words.namePlaceholder}
        value={draft.name}
        error={faultOf(faults, 'name')}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <Input.Wrapper label={words.effect} labelElement="div" labelProps={{ id: effectLabel }}>
        <div>
          <SegmentedControl
            className={classes.effects}
            orientation={isNarrow ? 'vertical' : 'horizontal'}
            fullWidth={isNarrow}
            aria-labelledby={effectLabel}
            value={draft.effect}
            onChange={(value) => edit({ effect: actionEffect.parse(value) })}
            data={actionEffect.options.map((value) => ({ value, label: words.effects[value] }))}
          />
        </div>
        <p className={classes.hint}>{words.effectAbout[draft.effect]}</p>
      </Input.Wrapper>
      {source.connections.length > 1 && (
        <NativeSelect
          label={words.connection}
          value={connectionId}
          error={faultOf(faults, 'connectionId')}
          data={source.connections.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => edit({ connectionId: event.currentTarget.value })}
        />
      )}
      <div className={classes.target}>
        <NativeSelect
          label={words.method}
          value={draft.method}
          data={[...actionMethod.options]}
          onChange={(event) => edit({ method: actionMethod.parse(event.currentTarget.value) })}
        />
        <Input.Wrapper
          className={classes.path}
          label={words.path}
          labelElement="div"
          labelProps={{ 'aria-hidden': true }}
        >
          <TemplateField
            label={words.path}
            hideLabel
            singleLine
            placeholder={words.pathPlaceholder}
            value={draft.path}
            values={values}
            faults={faults.filter(({ where }) => where === 'path')}
            onChange={(path) => edit({ path })}
          />
        </Input.Wrapper>
      </div>
      <p className={classes.hint}>{words.pathAbout(outgoing.data?.outgoing?.baseUrl)}</p>
      <Part title={words.query}>
        <PairRows
          label={words.queryParameter}
          pairs={draft.query}
          values={values}
          faults={faults}
          addLabel={text.requestParts.add.query}
          place="query"
          onChange={(query) => edit({ query })}
        />
      </Part>
      <Part title={words.headers} about={words.headersAbout}>
        <PairRows
          label={words.header}
          pairs={draft.headers}
          values={values}
          faults={faults}
          addLabel={text.requestParts.add.header}
          place="headers"
          onChange={(headers) => edit({ headers })}
        />
      </Part>
      <Part title={words.body} {...(hasNoBody && { about: words.bodyNone })}>
        {!hasNoBody && (
          <BodyEditor body={draft.body} values={values} faults={faults} onChange={(body) => edit({ body })} />
        )}
      </Part>
      <Part title={words.answer} about={words.answerAbout}>
        <AnswerFields
          rows={draft.answerFields}
          faults={faults}
          onChange={(answerFields) => edit({ answerFields })}
        />
      </Part>
    </>
  );
}

function Part({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.label}>{title}</h3>
      {about !== undefined && <p className={classes.hint}>{about}</p>}
      {children}
    </section>
  );
}
