// The body of an outbound call: its kind, and a template (JSON, XML, text) or the fields of a form. What was typed stays when
// the kind changes and changes back.
import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ActionBody, ActionBodyKind, TemplateFault, TemplatePair, TemplateValue } from '#contract';
import { text } from '../../text/en.ts';
import { PairRows } from './pair-rows.tsx';
import classes from './request-parts.module.css';
import { TemplateField } from './template-field.tsx';

const words = text.requestParts;
const kinds: readonly ActionBodyKind[] = ['none', 'json', 'xml', 'text', 'form'];

interface BodyEditorProps {
  body: ActionBody;
  onChange: (body: ActionBody) => void;
  values: readonly TemplateValue[];
  faults: readonly TemplateFault[];
}

export function BodyEditor({ body, onChange, values, faults }: BodyEditorProps) {
  const [kept, setKept] = useState<{ template: string; fields: TemplatePair[] }>({
    template: '',
    fields: [],
  });

  function become(kind: ActionBodyKind) {
    if (kind === body.kind) return;
    const template = 'template' in body ? body.template : kept.template;
    const fields = body.kind === 'form' ? body.fields : kept.fields;
    setKept({ template, fields });
    if (kind === 'none') onChange({ kind });
    else if (kind === 'form') onChange({ kind, fields });
    else onChange({ kind, template });
  }

  return (
    <div className={classes.body}>
      <SegmentedControl
        className={classes.kinds}
        size="xs"
        aria-label={words.bodyKind}
        value={body.kind}
        onChange={(value) => become(kinds.find((kind) => kind === value) ?? body.kind)}
        data={kinds.map((kind) => ({ value: kind, label: words.bodyKinds[kind] }))}
      />
      {body.kind === 'text' && (
        <TextInput
          label={words.contentType}
          placeholder="text/plain"
          value={body.contentType ?? ''}
          onChange={(event) => {
            const contentType = event.currentTarget.value;
            onChange({ kind: 'text', template: body.template, ...(contentType !== '' && { contentType }) });
          }}
        />
      )}
      {'template' in body && (
        <TemplateField
          key={body.kind}
          label={words.body}
          hideLabel
          language={body.kind}
          value={body.template}
          values={values}
          faults={faults.filter(({ where }) => where === 'body' || where === 'body.template')}
          onChange={(template) => onChange({ ...body, template })}
        />
      )}
      {body.kind === 'form' && (
        <PairRows
          label={words.formField}
          addLabel={words.add.formField}
          pairs={body.fields}
          values={values}
          faults={faults}
          place="body.fields"
          onChange={(fields) => onChange({ kind: 'form', fields })}
        />
      )}
    </div>
  );
}
