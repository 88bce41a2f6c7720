// A request as it would be sent: method and URL, headers, body, and what is wrong with it.
import type { PreparedRequest } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { ExchangeBodyView } from '../exchange/exchange-body-view.tsx';
import { HeaderList, RequestLine } from '../exchange/exchange-view.tsx';
import classes from './request-parts.module.css';

const words = text.requestParts;

export function PreparedView({ prepared }: { prepared: PreparedRequest }) {
  return (
    <div className={classes.prepared}>
      {prepared.faults.length > 0 && (
        <ProblemNotice tone="warn" what={words.notSendable} why={prepared.faults[0]?.message} />
      )}
      <RequestLine method={prepared.method} url={prepared.url} />
      <HeaderList headers={prepared.headers} />
      <ExchangeBodyView body={prepared.body} side="request" />
    </div>
  );
}
