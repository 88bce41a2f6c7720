// "Export as a file": how a data source is set up, for another computer or a colleague.
import { IconFileExport } from '@tabler/icons-react';
import { useAction } from '../../api/use-action.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { saveTextFile } from '../../design/save-text-file.ts';
import { text } from '../../text/en.ts';
import classes from './transfer.module.css';

const words = text.transfer;

export function ExportSource({ dataSourceId }: { dataSourceId: string }) {
  const read = useAction('dataSources.exportFile');

  async function save() {
    const file = await read.run({ id: dataSourceId });
    if (!file) return false;
    saveTextFile(file.fileName, file.text, 'application/json');
    return true;
  }

  return (
    <div className={classes.source}>
      <p className={classes.words}>{words.sourceAbout}</p>
      <ActionButton variant="default" leftSection={<IconFileExport size={16} aria-hidden />} onPress={save}>
        {words.exportSource}
      </ActionButton>
      {read.problem && <ProblemNotice {...problemWords(read.problem, words.sourceNotExported)} />}
    </div>
  );
}
