// Why a whole file is refused: the one error that the row readers throw on purpose. `message` is a full sentence for people.
export class FileFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FileFault';
  }
}
