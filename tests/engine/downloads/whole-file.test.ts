// A file is whole or not there: what fails, in words, and what is left behind.
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileNotWritten, whyNotWritten, writeWholeFile } from '../../../main/engine/downloads/whole-file.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'hookbench-whole-file-'));
async function* partsOf(...texts: (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}

describe('a whole file', () => {
  it('takes the place of what was there, and leaves it alone when its parts end early', async () => {
    const path = join(folder(), 'calls.ndjson');
    writeFileSync(path, 'earlier');
    await expect(writeWholeFile(path, partsOf('a', new Error('the source is gone')))).rejects.toThrow(
      'the source is gone',
    );
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    await writeWholeFile(path, partsOf('a', 'b'));
    expect(readFileSync(path, 'utf8')).toBe('ab');
    expect(readdirSync(join(path, '..'))).toEqual(['calls.ndjson']);
  });

  it('says what is in the way, tells its parts to end, and leaves nothing behind', async () => {
    const path = join(folder(), 'taken');
    mkdirSync(path);
    const fault = await writeWholeFile(path, partsOf('a')).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(FileNotWritten);
    expect(String(fault)).toContain('A folder has this name.');
    expect(readdirSync(join(path, '..'))).toEqual(['taken']);
  });

  it.skipIf(process.platform === 'win32')(
    'goes into a pipe that is there, and leaves it in its place',
    async () => {
      const path = join(folder(), 'pipe');
      execFileSync('mkfifo', [path]);
      const reader = execFile('cat', [path]);
      let read = '';
      reader.stdout?.on('data', (text: string) => {
        read += text;
      });
      const ended = once(reader, 'close');
      await writeWholeFile(path, partsOf('a', 'b'));
      expect(statSync(path).isFIFO()).toBe(true);
      await ended;
      expect(read).toBe('ab');
    },
  );

  it.each([
    ['ENOSPC', 'The disk is full. Nothing was kept of the file. Make room or choose another disk'],
    ['EDQUOT', 'The disk is full.'],
    ['EFBIG', 'The file is larger than this disk or its limits take.'],
    ['EROFS', 'The folder cannot be written.'],
    ['EIO', 'The file could not be written (EIO).'],
  ])('explains %s', (code, words) => {
    expect(whyNotWritten(Object.assign(new Error('write'), { code, syscall: 'write' }))).toContain(words);
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'explains %s where another program has the former file open',
    (code) => {
      const why = whyNotWritten(Object.assign(new Error('rename'), { code, syscall: 'rename' }));
      expect(why).toContain('another program may have it open');
    },
  );
});
