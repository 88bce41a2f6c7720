// The first rows of a checked file, so that accents, columns and the delimiter can be judged before anything is applied.
import { Box } from '@mantine/core';
import type { ImportFacts } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './upload-sample.module.css';

const words = text.imports;
const rowsShown = 5;
const columnsShown = 30;

export function UploadSample({ facts }: { facts: ImportFacts }) {
  const columns = facts.columns.slice(0, columnsShown);
  const left = facts.columns.length - columns.length;
  return (
    <Box component="section" className={classes.region} aria-label={words.sample} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.sampleRow}</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                <PayloadText text={name} />
              </th>
            ))}
            {left > 0 && <th scope="col">{words.moreColumns(left)}</th>}
          </tr>
        </thead>
        <tbody>
          {facts.sample.slice(0, rowsShown).map(({ row, values }) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {columns.map((name, index) => (
                <td key={name}>
                  <PayloadText text={values[index] ?? ''} />
                </td>
              ))}
              {left > 0 && <td />}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}
