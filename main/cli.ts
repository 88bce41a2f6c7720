// `hookbench`: the command line. Works against the running application through its socket, or a serve host with a token.
import { homedir } from 'node:os';
import { outputTo } from './command-line/output.ts';
import { Interrupted, runCommandLine } from './command-line/run-command-line.ts';
import { exitCodes } from './exit-codes.ts';

if (process.argv[2] === 'serve') {
  process.argv.splice(2, 1);
  await import('./serve.ts');
} else {
  const ending = new AbortController();
  // The second one ends it at once.
  process.once('SIGINT', () => ending.abort(new Interrupted(exitCodes.interrupted)));
  process.once('SIGTERM', () => ending.abort(new Interrupted(exitCodes.terminated)));
  const complaints = outputTo(process.stderr);
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    output: outputTo(process.stdout),
    // Where even that cannot be written, the exit code is left.
    complain: (text) => void complaints.write(text).catch(() => undefined),
    signal: ending.signal,
  });
}
