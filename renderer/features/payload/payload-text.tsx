// Text from a payload on the screen: always as text, with unseen characters as marks, each run kept in its own direction.
import { Fragment } from 'react';
import classes from './payload-text.module.css';
import { visibleText } from './visible-text.ts';

interface PayloadTextProps {
  text: string;
  keepTabs?: boolean;
}

export function PayloadText({ text, keepTabs = false }: PayloadTextProps) {
  let offset = 0;
  return (
    <bdi className={classes.text}>
      {visibleText(text, { keepTabs }).map((piece) => {
        const key = offset;
        offset += piece.text.length;
        if (!piece.mark) return <Fragment key={key}>{piece.text}</Fragment>;
        return (
          <span key={key} className={classes.mark} title={piece.mark.name}>
            {piece.mark.shown}
          </span>
        );
      })}
    </bdi>
  );
}
