// A field for code: JSON, XML or text in CodeMirror, labelled for screen readers, with faults at their place and completions.
// Tab leaves it like any field. Owns the editor's state; the text belongs to the caller.
import {
  autocompletion,
  type CompletionSource,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import { Compartment, EditorState, type Extension, Prec, StateEffect } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  placeholder as placeholderText,
} from '@codemirror/view';
import { Input } from '@mantine/core';
import {
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import styles from './code-editor.module.css';
import { looks, templates } from './code-editor-looks.ts';
import { styleNonce } from './style-nonce.ts';

export type CodeLanguage = 'json' | 'xml' | 'text';

/** `from` and `to` are offsets in the text, from 0; without them the whole field is meant. */
export interface CodeFault {
  message: string;
  from?: number | undefined;
  to?: number | undefined;
}

export interface CodeEditorHandle {
  /** Puts a text in the place of the selection and the cursor behind it. */
  insert(text: string): void;
  focus(): void;
}

export interface CodeEditorProps {
  label: string;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
  description?: ReactNode;
  /** Shown below the field; the places are those of `faults`. */
  error?: ReactNode;
  value: string;
  onChange?: (value: string) => void;
  language?: CodeLanguage;
  /** Marks `{{ … }}` and `{% … %}`. */
  hasTemplates?: boolean;
  /** Asked shortly after each change. */
  lint?: (text: string) => readonly CodeFault[] | Promise<readonly CodeFault[]>;
  /** Known from elsewhere, shown beside those of `lint`. */
  faults?: readonly CodeFault[];
  completions?: CompletionSource;
  /** One line, as a text field; Enter calls `onEnter`. */
  singleLine?: boolean;
  onEnter?: () => void;
  readOnly?: boolean;
  placeholder?: string;
  /** Lines before it grows, and before it scrolls. */
  minLines?: number;
  maxLines?: number;
  /** Takes the height of a flex parent. */
  fill?: boolean;
  hasLineNumbers?: boolean;
  onFocus?: () => void;
  ref?: Ref<CodeEditorHandle>;
}

const languages: Record<CodeLanguage, () => Extension> = {
  json: () => json(),
  xml: () => xml(),
  text: () => [],
};
const lookAgain = StateEffect.define<null>();
const noFaults: readonly CodeFault[] = [];

export function CodeEditor(props: CodeEditorProps) {
  const { label, value, language = 'text', singleLine = false, readOnly = false, error, ref } = props;
  const { faults = noFaults, hasTemplates = false, placeholder = '', hasLineNumbers = !singleLine } = props;
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const [parts] = useState(() => ({ language: new Compartment(), state: new Compartment() }));

  const change = useEffectEvent((text: string) => {
    if (text !== value) props.onChange?.(text);
  });
  const complete = useEffectEvent<CompletionSource>((context) => props.completions?.(context) ?? null);
  const enter = useEffectEvent(() => props.onEnter?.());
  const focused = useEffectEvent(() => props.onFocus?.());
  const find = useEffectEvent(async (text: string): Promise<Diagnostic[]> => {
    const found = [...faults, ...((await props.lint?.(text)) ?? [])];
    return found.map((fault) => diagnosticOf(fault, text.length));
  });
  const start = useEffectEvent(() => value);

  // What can change while the editor lives.
  const state: Extension = [
    EditorState.readOnly.of(readOnly),
    placeholderText(placeholder),
    hasTemplates ? templates : [],
    hasLineNumbers ? lineNumbers() : [],
    EditorView.contentAttributes.of(({ state: now }) => ({
      'aria-label': label,
      // Says to everyone that the region, which may scroll, has something in it to focus.
      tabindex: '0',
      'aria-multiline': String(!singleLine),
      ...(readOnly && { 'aria-readonly': 'true' }),
      ...((error || faults.length > 0) && { 'aria-invalid': 'true' }),
      ...(error ? { 'aria-describedby': `${id}-error` } : {}),
      // Esc closes the list of completions first, and only then the window around.
      ...(completionStatus(now) === 'active' && { 'data-mantine-stop-propagation': 'true' }),
    })),
  ];
  const startState = useEffectEvent(() => [parts.language.of(languages[language]()), parts.state.of(state)]);

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start(),
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          singleLine ? oneLine(enter) : EditorView.lineWrapping,
          startState(),
          history(),
          drawSelection(),
          bracketMatching(),
          autocompletion({ override: [(context) => complete(context)], icons: false, defaultKeymap: false }),
          Prec.highest(keymap.of(completionKeymap)),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          linter((current) => find(current.state.doc.toString()), {
            delay: 200,
            needsRefresh: (update) =>
              update.transactions.some((each) => each.effects.some((effect) => effect.is(lookAgain))),
          }),
          looks,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString());
            if (update.focusChanged && update.view.hasFocus) focused();
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [singleLine]);

  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value }, filter: false });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.language.reconfigure(languages[language]()) });
  }, [language, parts]);
  const invalid = Boolean(error) || faults.length > 0;
  const reconfigure = useEffectEvent(() =>
    view.current?.dispatch({ effects: parts.state.reconfigure(state) }),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what `state` is made of.
  useEffect(() => {
    reconfigure();
  }, [label, readOnly, placeholder, hasTemplates, hasLineNumbers, invalid, Boolean(error)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other faults are looked at again.
  useEffect(() => {
    view.current?.dispatch({ effects: lookAgain.of(null) });
  }, [faults]);

  useImperativeHandle(ref, () => ({
    insert(text) {
      const now = view.current;
      if (!now) return;
      now.dispatch(now.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input' });
      now.focus();
    },
    focus: () => view.current?.focus(),
  }));

  const lines: Record<string, string> = {
    '--code-lines-least': String(props.minLines ?? 4),
    '--code-lines-most': String(props.maxLines ?? 18),
  };
  return (
    <Input.Wrapper
      label={props.hideLabel ? undefined : label}
      labelElement="div"
      labelProps={{ onClick: () => view.current?.focus() }}
      description={props.description}
      error={error}
      errorProps={{ id: `${id}-error` }}
      className={props.fill ? styles.fillWrapper : undefined}
    >
      <div
        ref={host}
        className={styles.frame}
        style={lines}
        dir="ltr"
        data-invalid={invalid || undefined}
        data-read-only={readOnly || undefined}
        data-single-line={singleLine || undefined}
        data-fill={props.fill || undefined}
      />
    </Input.Wrapper>
  );
}

function diagnosticOf({ message, from = 0, to }: CodeFault, length: number): Diagnostic {
  const begin = Math.min(Math.max(0, from), length);
  return { from: begin, to: Math.min(Math.max(begin, to ?? begin + 1), length), severity: 'error', message };
}

/** No line breaks get in: typed ones are a press on Enter, pasted ones become blanks. */
function oneLine(onEnter: () => void): Extension {
  return [
    Prec.high(
      keymap.of([
        {
          key: 'Enter',
          run() {
            onEnter();
            return true;
          },
        },
      ]),
    ),
    EditorView.clipboardInputFilter.of((text) => text.trim().replaceAll(/\s*[\r\n]+\s*/g, ' ')),
    EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
  ];
}
