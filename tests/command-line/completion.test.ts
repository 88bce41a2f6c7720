// The scripts of `completion`, loaded by the shells themselves.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin } from '../harness/command-line.ts';

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const scriptFor = async (shell: string) => (await begin(['completion', shell]).ended).stdout;

/** What bash offers for the last word; the sources are "News letter", "Shop" and a hostile one. */
async function inBash() {
  const script = await scriptFor('bash');
  return (...words: string[]) => {
    const run = `hookbench() { printf '%s\\n' 'News letter' Shop '$(touch hostile)'; }
${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _hookbench; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', run], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trimEnd().split('\n');
  };
}

describe('completion', () => {
  it.skipIf(!has('bash'))('completes commands, flags and the names of data sources in bash', async () => {
    const complete = await inBash();
    expect(complete('hookbench', 'ca')).toEqual(['captures']);
    expect(complete('hookbench', 'captures', 'ex')).toEqual(['export']);
    expect(complete('hookbench', 'wait', '--ti')).toEqual(['--timeout']);
    expect(complete('hookbench', 'url', 'N')).toEqual(['News\\ letter']);
    expect(complete('hookbench', 'url', 'News\\ l')).toEqual(['News\\ letter']);
    expect(complete('hookbench', 'url', '"News l')).toEqual(['News letter']);
    expect(complete('hookbench', 'wait', '--source', 'S')).toEqual(['Shop']);
    expect(complete('hookbench', 'wait', '--source', '\\$')).toEqual(['\\$\\(touch\\ hostile\\)']);
  });

  it.skipIf(!has('bash'))('offers what the part takes, and the values of a flag', async () => {
    const complete = await inBash();
    expect(complete('hookbench', 'captures', 'list', '--f')).toEqual(['']);
    expect(complete('hookbench', 'captures', 'export', '--f')).toEqual(['--format']);
    expect(complete('hookbench', 'captures', 'export', '--format', '')).toEqual([
      'har',
      'ndjson',
      'json',
      'csv',
    ]);
    expect(complete('hookbench', 'replay', '--order', 're')).toEqual(['received', 'reversed']);
    expect(complete('hookbench', 'wait', '--timeout', '')).toEqual(['']);
    expect(complete('hookbench', 'serve', '--rec')).toEqual(['--receiver-port']);
    expect(complete('hookbench', 'help', 'for')).toEqual(['forward']);
  });

  it.skipIf(!has('zsh'))('is read by zsh', async () => {
    const script = `autoload -U compinit; compinit -D -u\n${await scriptFor('zsh')}\nprint $_comps[hookbench]`;
    const { stdout, stderr } = spawnSync('zsh', ['-f'], { input: script, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['_hookbench\n', '']);
  });

  it.skipIf(!has('zsh'))(
    'completes in zsh from the first time on, loaded from a folder of functions',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'hookbench-test-'));
      writeFileSync(join(folder, '_hookbench'), await scriptFor('zsh'));
      const script = `fpath=(${folder} $fpath); autoload -U compinit; compinit -D -u
compadd() { shift; print -- "$@"; }
words=(hookbench so); CURRENT=2; $_comps[hookbench]
words=(hookbench captures export --format h); CURRENT=5; $_comps[hookbench]`;
      const { stdout, stderr } = spawnSync('zsh', ['-f'], { input: script, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(stdout.split('\n')).toEqual([
        expect.stringMatching(/^serve help sources /),
        'har ndjson json csv',
        '',
      ]);
    },
  );

  it.skipIf(!has('fish'))('completes in fish', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookbench-test-'));
    writeFileSync(join(folder, 'hookbench.fish'), await scriptFor('fish'));
    const complete = (line: string) => {
      const run = `function hookbench; printf '%s\\n' 'News letter' Shop; end
source ${join(folder, 'hookbench.fish')}
complete -C '${line}'`;
      const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
      const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', run], { encoding: 'utf8', env });
      expect(stderr).toBe('');
      return stdout
        .trimEnd()
        .split('\n')
        .map((each) => each.split('\t')[0]);
    };
    expect(complete('hookbench ca')).toEqual(['captures']);
    expect(complete('hookbench captures ex')).toEqual(['export']);
    expect(complete('hookbench captures export --f')).toEqual(['--format']);
    expect(complete('hookbench captures list --f')).toEqual(['']);
    expect(complete('hookbench url N')).toEqual(['News letter']);
    expect(complete('hookbench wait --source S')).toEqual(['Shop']);
    expect(complete('hookbench replay --order rev')).toEqual(['reversed']);
  });

  it('names every command for each shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) expect(await scriptFor(shell)).toContain('captures');
    expect(await begin(['completion', 'tcsh']).ended).toMatchObject({ code: 2, stdout: '' });
    expect(await begin(['completion']).ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('bash'),
    });
  });
});
