// A text field for a Liquid template: marked, completed from the values at hand, with Insert field and faults at their place.
import type { CompletionSource } from '@codemirror/autocomplete';
import { useMemo, useRef } from 'react';
import type { TemplateFault, TemplateValue } from '#contract';
import { CodeEditor, type CodeEditorHandle, type CodeLanguage } from '../../design/code-editor.tsx';
import { InsertField } from './insert-field.tsx';
import classes from './request-parts.module.css';

export interface TemplateFieldProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  values: readonly TemplateValue[];
  /** Those of this field. */
  faults: readonly TemplateFault[];
  /** A fault of the whole field. */
  error?: string | undefined;
  language?: CodeLanguage;
  singleLine?: boolean;
  placeholder?: string;
}

export function TemplateField(props: TemplateFieldProps) {
  const {
    label,
    hideLabel = false,
    value,
    onChange,
    values,
    faults,
    language = 'text',
    singleLine = false,
  } = props;
  const editor = useRef<CodeEditorHandle>(null);
  const completions = useMemo(() => completionsOf(values, language), [values, language]);
  const marks = useMemo(
    () =>
      faults.map(({ message, position }) => ({
        message,
        ...(position !== undefined && { from: position, to: position + 1 }),
      })),
    [faults],
  );
  const error = props.error ?? faults[0]?.message;
  return (
    <div className={classes.templateField} data-single={singleLine || undefined}>
      <div className={classes.templateEditor}>
        <CodeEditor
          ref={editor}
          label={label}
          hideLabel={hideLabel}
          value={value}
          onChange={onChange}
          language={language}
          hasTemplates
          singleLine={singleLine}
          completions={completions}
          faults={marks}
          error={error}
          placeholder={props.placeholder ?? ''}
          minLines={singleLine ? 1 : 6}
          maxLines={20}
        />
      </div>
      <InsertField
        into={label}
        small={singleLine}
        values={values}
        onInsert={(expression) =>
          editor.current?.insert(language === 'json' ? `{{ ${expression} | json }}` : `{{ ${expression} }}`)
        }
      />
    </div>
  );
}

/** After `{{` the values at hand, with their examples; what is chosen closes the braces where nothing does. */
function completionsOf(values: readonly TemplateValue[], language: CodeLanguage): CompletionSource {
  return (context) => {
    const opened = context.matchBefore(/\{\{-?\s*[^\s{}|]*/);
    if (!opened) return null;
    const lead = /^\{\{-?\s*/.exec(opened.text)?.[0].length ?? 0;
    const isClosed = /^[^{}\n]*\}\}/.test(context.state.sliceDoc(context.pos, context.pos + 200));
    // In JSON a value has to be written as JSON, quotes and all; inside quotes it is a part of a text.
    const isInQuotes = context.state.sliceDoc(Math.max(0, opened.from - 1), opened.from) === '"';
    const end = isClosed ? '' : language === 'json' && !isInQuotes ? ' | json }}' : ' }}';
    return {
      from: opened.from + lead,
      options: values.map(({ expression, example }) => ({
        label: expression,
        detail: example.slice(0, 40),
        apply: expression + end,
      })),
      validFor: /^[^\s{}|]*$/,
    };
  };
}
