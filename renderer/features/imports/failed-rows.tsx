// The rows of one import that made no item, with the reasons, and all of them as a file.
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { saveTextFile } from '../../design/save-text-file.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './upload-panel.module.css';

const words = text.imports;
const faultsShown = 100;

export function FailedRows({ importId }: { importId: string }) {
  const faults = useCall('imports.faults', { id: importId, limit: faultsShown });
  const file = useAction('imports.faultsFile');
  const [capped, setCapped] = useState<number>();
  const list = faults.data?.faults ?? [];
  if (faults.problem) {
    return (
      <ProblemNotice
        {...problemWords(faults.problem, words.faultsNotRead)}
        action={{ label: text.problems.tryAgain, onPress: faults.refetch }}
      />
    );
  }
  if (list.length === 0) return null;

  async function save() {
    const answer = await file.run({ id: importId });
    if (!answer) return false;
    saveTextFile(answer.fileName, answer.csv, 'text/csv;charset=utf-8');
    setCapped(answer.more ? answer.rows : undefined);
    return true;
  }

  return (
    <section className={classes.failed} aria-label={words.faults}>
      <div className={classes.failedHead}>
        <h4 className={classes.failedTitle}>{words.faults}</h4>
        <ActionButton
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onPress={save}
        >
          {words.downloadFaults}
        </ActionButton>
      </div>
      {file.problem && <ProblemNotice {...problemWords(file.problem, words.faultsNotRead)} />}
      <ul className={classes.faults}>
        {list.map(({ row, reason }) => (
          <li key={`${row} ${reason}`}>
            <PayloadText text={words.fault(row, reason)} />
          </li>
        ))}
      </ul>
      {faults.data?.next !== undefined && <p className={classes.words}>{words.moreFaults(list.length)}</p>}
      {capped !== undefined && <p className={classes.words}>{words.fileCapped(capped)}</p>}
    </section>
  );
}
