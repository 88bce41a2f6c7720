// The editor of one call before it is sent again: method, query, headers, body. Secrets stay concealed; untouched they are sent as they are.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconListTree, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallDraft } from '#contract';
import { CodeEditor, type CodeLanguage } from '../../design/code-editor.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { prettyJson } from '../exchange/pretty-json.ts';
import { bodyFaults } from './body-faults.ts';
import { type EditedCall, editedFrom, editOf, type HeaderRow } from './replay-draft.ts';
import classes from './replay-window.module.css';

const words = text.replay;
const languages: readonly CodeLanguage[] = ['json', 'xml', 'text'];

interface CallEditorProps {
  draft: CallDraft;
  edited: EditedCall;
  onChange: (edited: EditedCall) => void;
}

export function CallEditor({ draft, edited, onChange }: CallEditorProps) {
  const [language, setLanguage] = useState<CodeLanguage>(draft.language);
  const isEdited = editOf(draft, edited) !== undefined;
  const faults = bodyFaults(language, edited.body);

  function setHeader(key: number, change: Partial<HeaderRow>) {
    onChange({
      ...edited,
      headers: edited.headers.map((row) => (row.key === key ? { ...row, ...change } : row)),
    });
  }

  return (
    <div className={classes.editor}>
      <div className={classes.line}>
        <TextInput
          className={classes.method}
          label={words.method}
          classNames={{ input: classes.code }}
          value={edited.method}
          onChange={(event) => onChange({ ...edited, method: event.currentTarget.value })}
        />
        <TextInput
          className={classes.grow}
          label={words.query}
          classNames={{ input: classes.code }}
          leftSection="?"
          value={edited.query}
          onChange={(event) => onChange({ ...edited, query: event.currentTarget.value })}
        />
      </div>
      <details className={classes.headers}>
        <summary>
          {words.headers} ({edited.headers.length})
        </summary>
        <ul className={classes.headerRows} aria-label={words.headers}>
          {edited.headers.map((row, at) => (
            <li key={row.key} className={classes.headerRow}>
              <TextInput
                aria-label={words.headerName(at + 1)}
                classNames={{ input: classes.code }}
                value={row.name}
                onChange={(event) => setHeader(row.key, { name: event.currentTarget.value })}
              />
              <TextInput
                aria-label={words.headerValue(at + 1)}
                classNames={{ input: classes.code }}
                value={row.value}
                title={row.concealed ? words.concealed : undefined}
                onChange={(event) => setHeader(row.key, { value: event.currentTarget.value })}
              />
              <RemoveButton
                label={words.removeHeader(row.name)}
                onClick={() =>
                  onChange({ ...edited, headers: edited.headers.filter(({ key }) => key !== row.key) })
                }
              />
            </li>
          ))}
        </ul>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            onChange({
              ...edited,
              headers: [
                ...edited.headers,
                {
                  key: 1 + Math.max(-1, ...edited.headers.map(({ key }) => key)),
                  name: '',
                  value: '',
                  concealed: false,
                },
              ],
            })
          }
        >
          {words.addHeader}
        </Button>
      </details>
      {draft.bodyFixed !== undefined ? (
        <ProblemNotice tone="info" what={words.body} why={draft.bodyFixed} />
      ) : (
        <div className={classes.body}>
          <div className={classes.bodyHead}>
            <span className={classes.label}>{words.body}</span>
            <SegmentedControl
              size="xs"
              aria-label={words.language}
              value={language}
              onChange={(value) => setLanguage(languages.find((each) => each === value) ?? 'text')}
              data={languages.map((each) => ({ value: each, label: words.languages[each] }))}
            />
            {language === 'json' && (
              <Button
                size="compact-sm"
                variant="subtle"
                disabled={faults.length > 0 || edited.body === ''}
                leftSection={<IconListTree size={14} aria-hidden />}
                onClick={() => onChange({ ...edited, body: prettyJson(edited.body) ?? edited.body })}
              >
                {words.layOut}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={!isEdited}
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              onClick={() => onChange(editedFrom(draft))}
            >
              {words.reset}
            </Button>
          </div>
          <CodeEditor
            label={words.body}
            hideLabel
            language={language}
            value={edited.body}
            onChange={(body) => onChange({ ...edited, body })}
            lint={(body) => bodyFaults(language, body)}
            description={faults.length > 0 ? words.notWellFormed : undefined}
            minLines={10}
            maxLines={22}
          />
        </div>
      )}
    </div>
  );
}
