// What a handshake asks the user to do: copy a token back into the application, or open a link. A link opens only on a click.
import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { FoundInCall } from '#contract';
import { CodeLine } from '../../design/code-line.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import classes from './found-notice.module.css';

const words = text.verification.found;

function isWebLink(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}

export function FoundNotice({ found }: { found: FoundInCall }) {
  const { token, link, secretKept } = found;
  const what = link !== undefined ? words.link : token !== undefined ? words.token : undefined;
  return (
    <div className={classes.found}>
      {what !== undefined && (
        <ProblemNotice tone="info" what={what.what} why={what.toDo}>
          <div className={classes.value}>
            {token !== undefined && <CodeLine value={token} copyLabel={words.copyToken} />}
            {link !== undefined && <CodeLine value={link} copyLabel={words.copyLink} />}
            {link !== undefined && isWebLink(link) && (
              <Anchor href={link} target="_blank" rel="noopener noreferrer" className={classes.open}>
                {words.openLink(new URL(link).hostname)}
                <IconExternalLink size={14} aria-hidden />
              </Anchor>
            )}
          </div>
        </ProblemNotice>
      )}
      {secretKept === true && <ProblemNotice tone="info" what={words.secretKept} why={words.secretKeptWhy} />}
      {secretKept === false && (
        <ProblemNotice tone="warn" what={words.secretNotKept} why={words.secretNotKeptWhy} />
      )}
    </div>
  );
}
