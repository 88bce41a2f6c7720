// Pause, rotate and delete as rows that say what each does.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Application, DataSource } from '#contract';
import { text } from '../../text/en.ts';
import care from './care.module.css';
import { DeleteDataSource } from './delete-data-source.tsx';
import classes from './information.module.css';
import { RotateUrl } from './rotate-url.tsx';
import { usePausing } from './use-pausing.ts';

const words = text.care;

interface SourceCareProps {
  source: DataSource;
  application: Application | undefined;
}

export function SourceCare({ source, application }: SourceCareProps) {
  const [asked, setAsked] = useState<'rotate' | 'delete'>();
  const pausing = usePausing(source);
  const close = () => setAsked(undefined);
  return (
    <>
      <ul className={classes.care}>
        {source.entry !== 'manual' && (
          <>
            <li className={classes.careRow}>
              <span>{pausing.isPaused ? text.information.resumeAbout : text.information.pauseAbout}</span>
              <Button variant="default" loading={pausing.running} onClick={() => void pausing.toggle()}>
                {pausing.isPaused ? words.resume : words.pause}
              </Button>
            </li>
            <li className={classes.careRow}>
              <span>{text.information.rotateAbout}</span>
              <Button variant="default" onClick={() => setAsked('rotate')}>
                {words.rotate}
              </Button>
            </li>
          </>
        )}
        <li className={classes.careRow}>
          <span>{text.information.deleteAbout}</span>
          <Button variant="default" className={care.dangerWord} onClick={() => setAsked('delete')}>
            {words.delete}
          </Button>
        </li>
      </ul>
      <RotateUrl source={source} application={application} opened={asked === 'rotate'} onClose={close} />
      <DeleteDataSource source={source} opened={asked === 'delete'} onClose={close} />
    </>
  );
}
