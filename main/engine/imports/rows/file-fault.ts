// Why a whole file is refused: the one error that the row readers throw on purpose. `message` is a full sentence for people.
import type { ImportFacts } from '#contract';

export class FileFault extends Error {
  /** What was found out before, so that another sheet, delimiter or character set can be chosen. */
  facts: ImportFacts | undefined;

  constructor(message: string, facts?: ImportFacts) {
    super(message);
    this.name = 'FileFault';
    this.facts = facts;
  }
}
