// The form of "Facts, answer and limits". What is wrong stands at its field; the engine decides.
import { Button, NativeSelect, NumberInput, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BroughtFacts, Receiving } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { AnswerHeaders } from './answer-headers.tsx';
import classes from './receiving.module.css';
import {
  draftOf,
  hasNoBody,
  type Preset,
  presets,
  type ReceivingDraft,
  receivingOf,
} from './receiving-draft.ts';

const words = text.receiving;
const presetNames = ['empty', 'text', 'json', 'soap'] as const satisfies readonly Preset[];

interface ReceivingFormProps {
  connectionId: string;
  receiving: Receiving;
  brings: BroughtFacts;
  onDone: () => void;
  onCancel: () => void;
}

export function ReceivingForm({ connectionId, receiving, brings, onDone, onCancel }: ReceivingFormProps) {
  const [draft, setDraft] = useState(() => draftOf(receiving));
  const save = useAction('connections.setReceiving');
  const edit = (change: Partial<ReceivingDraft>) => {
    setDraft({ ...draft, ...change });
    save.clear();
  };
  const faultAt = (path: string) => problemAt(save.problem, `receiving.${path}`);
  const isTold = save.problem?.path?.startsWith('receiving.') ?? false;

  return (
    <form
      className={classes.form}
      onSubmit={async (event) => {
        event.preventDefault();
        if (await save.run({ id: connectionId, receiving: receivingOf(draft) })) onDone();
      }}
    >
      <FactFields draft={draft} brings={brings} onEdit={edit} faultAt={faultAt} />
      <Radio.Group
        label={words.answer}
        value={draft.hasOwnAnswer ? 'own' : 'usual'}
        onChange={(value) => edit({ hasOwnAnswer: value === 'own' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="usual" label={words.usual} />
          <Radio value="own" label={words.own} description={words.ownAbout} />
        </Stack>
      </Radio.Group>
      {draft.hasOwnAnswer && <AnswerFields draft={draft} onEdit={edit} faultAt={faultAt} />}
      <div className={classes.fields}>
        <NumberInput
          label={words.rate}
          description={words.rateAbout}
          placeholder={words.noLimit}
          value={draft.callsPerMinute ?? ''}
          error={faultAt('callsPerMinute')}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          thousandSeparator=","
          hideControls
          onChange={(value) => edit({ callsPerMinute: numberOf(value) })}
        />
        <NumberInput
          label={words.size}
          description={words.sizeAbout}
          placeholder="25"
          value={draft.maxMib ?? ''}
          error={faultAt('maxBodyBytes')}
          min={0.001}
          max={25}
          decimalScale={3}
          hideControls
          onChange={(value) => edit({ maxMib: numberOf(value) })}
        />
      </div>
      {save.problem && !isTold && <ProblemNotice {...problemWords(save.problem, words.notSaved)} />}
      <div className={classes.actions}>
        <Button type="submit" size="xs" loading={save.running}>
          {words.save}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  draft: ReceivingDraft;
  onEdit: (change: Partial<ReceivingDraft>) => void;
  faultAt: (path: string) => string | undefined;
}

/** What the application of the catalog brings along is not asked for. */
function FactFields({ draft, brings, onEdit, faultAt }: FieldsProps & { brings: BroughtFacts }) {
  const asked = [
    ...(brings.eventType ? [] : (['eventTypeAt'] as const)),
    ...(brings.deliveryId ? [] : (['deliveryIdAt'] as const)),
  ];
  if (asked.length === 0) return null;
  return (
    <div className={classes.fields}>
      {asked.map((fact) => (
        <TextInput
          key={fact}
          label={words[fact]}
          description={words.factAbout[fact]}
          placeholder={words.factPlaceholder[fact]}
          classNames={{ input: classes.code }}
          value={draft[fact]}
          error={faultAt(fact)}
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          onChange={(event) => onEdit({ [fact]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}

function AnswerFields({ draft, onEdit, faultAt }: FieldsProps) {
  const { status, contentType, headers, body } = draft;
  const typeFault = faultAt(`answer.headers.${headers.length}.value`);
  return (
    <>
      <div className={classes.fields}>
        <NativeSelect
          label={words.start}
          value="none"
          data={[
            { value: 'none', label: words.presets.none },
            ...presetNames.map((value) => ({ value, label: words.presets[value] })),
          ]}
          onChange={(event) => {
            const name = presetNames.find((each) => each === event.currentTarget.value);
            if (name) onEdit(presets[name]);
          }}
        />
        <NumberInput
          label={words.status}
          value={status}
          error={faultAt('answer.status')}
          min={200}
          max={299}
          allowDecimal={false}
          onChange={(value) => onEdit({ status: numberOf(value) ?? 200 })}
        />
        <TextInput
          label={words.contentType}
          value={contentType}
          error={typeFault ?? faultAt(`answer.headers.${headers.length}.name`)}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onEdit({ contentType: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label={words.body}
        description={hasNoBody(status) ? words.noBody : undefined}
        disabled={hasNoBody(status)}
        classNames={{ input: classes.code }}
        value={body}
        error={faultAt('answer.body')}
        autosize
        minRows={3}
        maxRows={14}
        spellCheck={false}
        onChange={(event) => onEdit({ body: event.currentTarget.value })}
      />
      <AnswerHeaders
        headers={headers}
        onChange={(changed) => onEdit({ headers: changed })}
        faultAt={faultAt}
      />
    </>
  );
}

/** Undefined where the field is empty. */
const numberOf = (typed: number | string): number | undefined => (typed === '' ? undefined : Number(typed));
