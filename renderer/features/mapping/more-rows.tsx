// The rows that only some mappings need: wrapped texts that are opened first, updated at, and what happens to what a call leaves out.
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import type { Draft, Edit, RowName } from './mapping-draft.ts';
import classes from './mapping-rows.module.css';
import { PathRow, type PathRowProps } from './path-row.tsx';

const ways = ['json', 'base64Json', 'base64'] as const;

interface MoreRowsProps {
  draft: Draft;
  common: (
    row: RowName,
  ) => Pick<PathRowProps, 'row' | 'result' | 'isFocused' | 'onFocus' | 'onPath' | 'path'>;
  onEdit: (edit: Edit) => void;
}

export function MoreRows({ draft, common, onEdit }: MoreRowsProps) {
  const steps = draft.unwrap ?? [];
  const rows = steps.map((step, index) => ({ row: `unwrap.${index}` as const, step, index }));
  const isUsed = steps.length > 0 || draft.updatedAt !== undefined || draft.absentKeeps === false;
  return (
    <details className={classes.more} open={isUsed || undefined}>
      <summary>{text.mapping.moreRows}</summary>
      <p className={classes.moreAbout}>{text.mapping.unwrapAbout}</p>
      {rows.map(({ row, step, index }) => (
        <PathRow
          key={row}
          {...common(row)}
          label={text.mapping.unwrapPath(index + 1)}
          hideLabel
          placeholder={text.mapping.unwrapPlaceholder}
          takesCursor={step.path === '' && common(row).isFocused}
          after={
            <>
              <NativeSelect
                className={classes.way}
                aria-label={text.mapping.unwrapAs(index + 1)}
                value={step.as}
                data={ways.map((value) => ({ value, label: text.mapping.unwrapWays[value] }))}
                onChange={(event) => {
                  const as = ways.find((way) => way === event.currentTarget.value);
                  if (as) onEdit({ row, as });
                }}
              />
              <RemoveButton
                label={text.mapping.removeUnwrap(index + 1)}
                onClick={() => onEdit({ removeRow: row })}
              />
            </>
          }
        />
      ))}
      <div className={classes.add}>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onEdit({ addTo: 'unwrap' })}
        >
          {text.mapping.addUnwrap}
        </Button>
      </div>
      <PathRow
        {...common('updatedAt')}
        label={text.mapping.updatedAt}
        about={text.mapping.updatedAtAbout}
        placeholder={text.mapping.pathPlaceholder}
      />
      <Checkbox
        className={classes.keeps}
        checked={draft.absentKeeps ?? true}
        label={text.mapping.absentKeeps}
        description={text.mapping.absentKeepsAbout}
        onChange={(event) => onEdit({ absentKeeps: event.currentTarget.checked })}
      />
    </details>
  );
}
