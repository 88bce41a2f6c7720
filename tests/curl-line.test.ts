// The command that the set-up window offers, read by a real shell (which the tests of the screens, without Node, cannot start).
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curlLine } from '../renderer/features/set-up/curl-line.ts';

test('the curl line is one line, and a shell reads the body exactly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const body = JSON.stringify({ text });
      const line = curlLine('http://127.0.0.1:1/in/x', {
        contentType: 'application/json',
        headers: {},
        body,
      });
      expect(line).not.toContain('\n');
      const args = execFileSync('sh', [
        '-c',
        `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }; ${line}`,
      ]);
      expect(args.toString().split('\0').at(-2)).toBe(body.trim());
    }),
    { numRuns: 30 },
  );
});
