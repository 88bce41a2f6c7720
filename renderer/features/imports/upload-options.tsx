// How the file is read, to be changed before anything is applied: sheet, delimiter, character set, header row. Each change reads it anew.
import { Checkbox, Select } from '@mantine/core';
import { type ImportOptions, type ImportRecord, importCharset, importDelimiter } from '#contract';
import { text } from '../../text/en.ts';
import classes from './upload-options.module.css';

const words = text.imports.options;

interface UploadOptionsProps {
  record: ImportRecord;
  isBusy: boolean;
  onChange: (options: ImportOptions) => void;
}

export function UploadOptions({ record, isBusy, onChange }: UploadOptionsProps) {
  const { facts, options } = record;
  const format = facts?.format ?? formatOfEnding(record.fileName);
  const isTable = format === 'csv' || format === 'xlsx';
  const sheets = facts?.sheets ?? [];
  if (format === 'xlsx' && sheets.length === 0) return null;
  return (
    <fieldset className={classes.options} disabled={isBusy}>
      <legend className={classes.legend}>{words.title}</legend>
      {sheets.length > 0 && (
        <Select
          className={classes.choice}
          label={words.sheet}
          data={[...new Set(sheets)]}
          value={options.sheet ?? facts?.sheet ?? null}
          allowDeselect={false}
          searchable={sheets.length > 10}
          onChange={(sheet) => sheet !== null && onChange({ ...options, sheet })}
        />
      )}
      {format === 'csv' && (
        <Select
          className={classes.choice}
          label={words.delimiter}
          data={importDelimiter.options.map((value) => ({ value, label: words.delimiters[value] }))}
          value={options.delimiter ?? facts?.delimiter ?? null}
          allowDeselect={false}
          onChange={(value) => {
            const delimiter = importDelimiter.options.find((each) => each === value);
            if (delimiter) onChange({ ...options, delimiter });
          }}
        />
      )}
      {format !== 'xlsx' && (
        <Select
          className={classes.choice}
          label={words.charset}
          data={importCharset.options.map((value) => ({ value, label: words.charsets[value] }))}
          value={options.charset ?? facts?.charset ?? null}
          placeholder={words.charsetUnknown}
          allowDeselect={false}
          onChange={(value) => {
            const charset = importCharset.options.find((each) => each === value);
            if (charset) onChange({ ...options, charset });
          }}
        />
      )}
      {isTable && (
        <Checkbox
          className={classes.header}
          label={words.header}
          checked={options.header ?? facts?.header ?? true}
          onChange={(event) => onChange({ ...options, header: event.currentTarget.checked })}
        />
      )}
    </fieldset>
  );
}

/** Where nothing could be found out, its name says how it is read. */
function formatOfEnding(fileName: string): 'csv' | 'xlsx' | 'json' {
  if (/\.(csv|tsv|tab|txt)$/i.test(fileName)) return 'csv';
  return /\.xls[xm]$/i.test(fileName) ? 'xlsx' : 'json';
}
