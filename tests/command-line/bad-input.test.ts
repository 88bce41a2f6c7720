// What somebody types wrongly is refused in a sentence that says what and where, before anything is done.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commands } from '../../main/command-line/commands.ts';
import { begin } from '../harness/command-line.ts';
import { newDataDir } from '../harness/test-engine.ts';

const nobody = newDataDir();

describe('what is typed wrongly', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['bogus'], /no command "bogus"\. hookbench --help/],
    ['a mistyped command', ['sorces'], /Did you mean "sources"\?/],
    ['a mistyped part', ['captures', 'lst'], /hookbench captures has no "lst"\. Did you mean "list"\?/],
    ['a flag before the command', ['--json', 'sources'], /Flags stand behind the command/],
    ['a mistyped flag', ['captures', 'list', '--limt', '3'], /no flag --limt\. Did you mean --limit\?/],
    [
      'a flag of another part',
      ['captures', 'list', '--format', 'har'],
      /captures list does not take --format/,
    ],
    ['a flag of the foreground', ['forward', 'add', '--for', '3'], /forward add does not take --for/],
    ['a flag given twice', ['wait', '--source', 'a', '--source', 'b'], /--source is given twice/],
    ['a flag without its value', ['captures', 'list', '--limit'], /--limit needs a value: --limit <n>/],
    [
      'a flag in the place of a value',
      ['wait', '--source', '--json'],
      /"--json" looks like a flag.*--source=--json/,
    ],
    ['a value where none belongs', ['sources', '--json=yes'], /--json takes no value/],
    ['a word too many', ['sources', 'all'], /hookbench sources takes flags only, not "all"/],
    [
      'a name without quotes',
      ['url', 'Web', 'shop'],
      /there is more: "shop"\. Put a name with blanks in quotes/,
    ],
    ['no name at all', ['url'], /hookbench url needs <source>/],
    ['no id at all', ['captures', 'show'], /hookbench captures show needs <id>/],
    ['no rule at all', ['forward', 'pause'], /hookbench forward pause needs <rule>/],
    [
      'a number in letters',
      ['captures', 'list', '--limit', 'ten'],
      /--limit takes a whole number from 1 to 10000, not "ten"/,
    ],
    ['a number that is too small', ['items', 'x', '--limit', '0'], /from 1 to 10000, not "0"/],
    ['an empty number', ['captures', 'search', 'x', '--limit', ''], /--limit takes a whole number.*not ""/],
    ['a negative number', ['wait', '--timeout', '-1'], /--timeout takes a number from 0 to 3600, not "-1"/],
    [
      'a part of a sequence',
      ['wait', '--after', '1.5'],
      /--after takes a whole number from 0 on, not "1\.5"/,
    ],
    ['a part of a call', ['assert', '--min', '1.5'], /--min takes a whole number/],
    ['no repeat', ['replay', 'cap_1', '--repeat', '0'], /--repeat takes a whole number from 1 to 10000/],
    ['no rate', ['replay', 'cap_1', '--rate', '0'], /--rate takes a number from 0\.01 to 1000/],
    ['no calls', ['forward', '--to', 'http://x', '--calls', '0'], /--calls takes a whole number from 1 on/],
    [
      'an outcome that is none',
      ['wait', '--outcome', 'good'],
      /--outcome is one of accepted, .*, not "good"/,
    ],
    [
      'an order that is none',
      ['replay', 'cap_1', '--order', 'up'],
      /--order is one of received, reversed, shuffled/,
    ],
    [
      'a format that is none',
      ['captures', 'export', '--format', 'xml'],
      /--format is one of har, ndjson, json, csv/,
    ],
    ['a time that is none', ['replay', '--since', 'yesterday'], /--since takes a time such as/],
    [
      'a target that is none',
      ['replay', 'cap_1', '--to', 'ftp://x'],
      /--to is receiver, mapping or an http\(s\) URL/,
    ],
    ['a match without a path', ['wait', '--match', 'x'], /--match takes <path>=<text>, not "x"/],
    [
      'a match of a path that is none',
      ['wait', '--match', 'a[=x'],
      /--match: "a\[" is no path: .*\(character 2\)/,
    ],
    ['a check of a path that is none', ['assert', '--none', 'a[=x'], /--none: "a\[" is no path/],
    ['a mask of a path that is none', ['captures', 'export', '--mask', 'a['], /--mask: "a\[" is no path/],
    ['nothing to check', ['assert'], /Say what to check/],
    [
      'masks and no masks',
      ['captures', 'export', '--unmasked', '--mask', 'a'],
      /--unmasked or --mask, not both/,
    ],
    ['a value for standard output', ['captures', 'export', '--json'], /--json needs --out/],
    ['two bodies', ['send', 'x', '--data', '1', '--file', 'y'], /one of --data and --file/],
    ['a target of no sample', ['send', 'x', '--to', 'http://x'], /--to is for a --sample/],
    ['a type of no body', ['send', 'x', '--type', 'text/plain'], /--type goes with --data or --file/],
    [
      'a header that is none',
      ['forward', '--to', 'http://x', '--header', 'X'],
      /--header takes "Name: value"/,
    ],
    ['no target', ['forward'], /Say where the calls go/],
    ['no calls chosen', ['replay'], /Name a call, or choose calls by/],
    ['calls chosen twice', ['replay', 'cap_1', '--query', 'x'], /not both/],
    ['an address that is none', ['sources', '--url', 'foo'], /--url takes an address such as/],
    ['an address without http', ['sources', '--url', 'localhost:4871'], /--url takes an address such as/],
    ['an address of https', ['sources', '--url', 'https://127.0.0.1:4871'], /--url takes an address such as/],
    [
      'two places',
      ['sources', '--url', 'http://127.0.0.1:4871', '--data-dir', 'x'],
      /--url or --data-dir, not both/,
    ],
    ['a token for the socket', ['sources', '--token', 'x'], /--token goes with --url/],
    [
      'a token with a line',
      ['sources', '--url', 'http://127.0.0.1:1', '--token', 'a\nb'],
      /The token may hold/,
    ],
    ['no folder', ['sources', '--data-dir', ''], /--data-dir needs the name of a folder/],
    ['a command that is helped with and is none', ['help', 'bogus'], /no command "bogus"/],
  ])('%s', async (_what, args, stderr) => {
    const ended = await begin(args, { HOOKBENCH_DATA_DIR: nobody }).ended;
    expect(ended).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(stderr) });
    expect(ended.stderr.trimEnd()).not.toContain('\n');
  });

  it('shows nothing of it to the terminal as a command', async () => {
    const { stderr } = await begin(['\u001b[31mred\u009b']).ended;
    expect(stderr).toContain('[U+001B][31mred[U+009B]');
  });

  it('says where it looked when no Hookbench answers', async () => {
    expect(await begin(['sources', '--data-dir', nobody]).ended).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(nobody),
    });
    const port = ['--url', 'http://127.0.0.1:9'];
    expect(await begin(['sources', ...port]).ended).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('http://127.0.0.1:9 (ECONNREFUSED)'),
    });
  });
});

describe('help', () => {
  // With nobody to talk to, what is typed rightly comes as far as that.
  it.each(Object.values(commands).flatMap(({ examples }) => examples))(
    'gives an example that is typed rightly: %s',
    async (example) => {
      const words = spawnSync('sh', ['-c', `printf '%s\\n' ${example.replace(/ > .*/, '')}`], {
        encoding: 'utf8',
      });
      const args = words.stdout.trimEnd().split('\n');
      const { code, stderr } = await begin(args, { HOOKBENCH_DATA_DIR: nobody }).ended;
      expect([code, stderr]).not.toEqual([2, expect.anything()]);
    },
  );

  it('explains itself, and each command with examples', async () => {
    const one = await begin(['assert', '--help']).ended;
    expect(one.stdout).toMatch(/^Usage: hookbench assert/);
    expect(one.stdout).toContain('Examples:\n  hookbench assert');
    expect(await begin(['help', 'assert']).ended).toEqual(one);
    for (const [name, { flags }] of Object.entries(commands)) {
      const help = await begin([name, '--help']).ended;
      expect(help.code).toBe(0);
      for (const flag of Object.keys(flags)) expect(help.stdout).toContain(`  --${flag} `);
    }
    const { code, stdout } = await begin(['--help']).ended;
    expect(code).toBe(0);
    for (const command of [
      'serve',
      'sources',
      'url',
      'captures',
      'items',
      'wait',
      'send',
      'forward',
      'tunnel',
    ]) {
      expect(stdout).toContain(`hookbench ${command}`);
    }
    expect(await begin([]).ended).toEqual({ code: 2, stdout, stderr: '' });
    expect((await begin(['--version']).ended).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
