// The serve host: the engine, its control server and the screens in the browser, in one Node process. Prints one JSON
// line on standard output when ready; everything for people goes to standard error.
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { flagLines } from './command-line/help.ts';
import { readArguments, UsageError } from './command-line/read-arguments.ts';
import { defaultControlPort, serveFlags } from './command-line/serve-flags.ts';
import { startControlServer } from './control/control-server.ts';
import { createSessions, readOrMakeKey } from './control/session.ts';
import { dataFolder, defaultReceiverPort } from './data-folder.ts';
import { createEngine } from './engine/engine.ts';
import { EngineStartError } from './engine/store/engine-start-error.ts';
import { exitCodes } from './exit-codes.ts';
import { createLog, errorFacts } from './log/log.ts';
import { openLogFile } from './log/log-file.ts';
import { openPage } from './open-page.ts';
import { readOrMakeVaultKey } from './vault-key-file.ts';

/** After this a stop that hangs is ended; everything acknowledged is on disk anyway. */
const stopLimitMs = 5_000;

const usage = `Usage: hookbench serve [flags]     (or npm run serve -- [flags])
${flagLines(serveFlags)}
`;

interface Flags {
  dataDir: string;
  receiverPort: number;
  controlPort: number;
  token: string | undefined;
  open: boolean;
  restoreBackup: string | undefined;
}

function readFlags(args: string[]): Flags | 'help' {
  const { values, words } = readArguments(args, serveFlags, 'hookbench serve');
  if (values['help']) return 'help';
  const [stray] = words;
  if (stray !== undefined) throw new UsageError(`hookbench serve takes flags only, not "${stray}".`);
  if (values['data-dir'] === '') throw new UsageError('--data-dir needs the name of a folder.');
  const token = (values['token'] ?? process.env['HOOKBENCH_TOKEN']) as string | undefined;
  if (token !== undefined && token.length < 8) throw new UsageError('--token needs at least 8 characters.');
  return {
    dataDir:
      (values['data-dir'] as string | undefined) ??
      dataFolder({ platform: process.platform, env: process.env, home: homedir() }),
    receiverPort: readPort(values['receiver-port'], '--receiver-port', defaultReceiverPort),
    controlPort: readPort(values['control-port'], '--control-port', defaultControlPort),
    token,
    open: values['no-open'] !== true,
    restoreBackup: values['restore-backup'] as string | undefined,
  };
}

function readPort(value: unknown, flag: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const port = /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new UsageError(`${flag} must be a number from 0 to 65535, not "${value}".`);
  }
  return port;
}

async function serve(flags: Flags): Promise<void> {
  const writeLine = openLogFile(flags.dataDir);
  const log = createLog(writeLine);
  const vaultKey = readOrMakeVaultKey(flags.dataDir, log);
  const engine = await createEngine({
    ...(vaultKey ? { vaultKey } : {}),
    dataDir: flags.dataDir,
    receiverPort: flags.receiverPort,
    version: packageJson.version,
    restoreBackup: flags.restoreBackup,
    log,
  });
  const sessions = createSessions(flags.token ?? readOrMakeKey(flags.dataDir));
  const control = await startControlServer({
    port: flags.controlPort,
    pageFolder: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    sessions,
    onFault: (error) => log('error', 'a request of the control server failed', errorFacts(error)),
    engine,
  }).catch(async (error: unknown) => {
    await engine.stop();
    throw error;
  });

  let stopping = false;
  async function stop(code: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(exitCodes.failed), stopLimitMs).unref();
    await control.stop();
    await engine.stop();
    process.exit(code);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop(exitCodes.ok));
  process.on('uncaughtException', (error) => {
    log('error', 'an unexpected error ended the program', errorFacts(error));
    process.stderr.write(
      `Hookbench met an unexpected error and stops; the log in ${flags.dataDir} has it.\n`,
    );
    void stop(exitCodes.failed);
  });

  for (const note of engine.facts.notes) process.stderr.write(`${note}\n`);
  const url = `${control.url}/#launch=${sessions.launchToken}`;
  process.stdout.write(
    `${JSON.stringify({ ready: true, receiver: engine.facts.receiver.url, control: control.url, url })}\n`,
  );
  if (flags.open) await openPage(url);
}

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags === 'help') process.stdout.write(usage);
  else await serve(flags);
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(exitCodes.wrongUsage);
  }
  if (error instanceof EngineStartError) {
    process.stderr.write(`${error.message}\n`);
    if (error.backup) process.stderr.write('Start once with --restore-backup newest to put it back.\n');
    process.exit(exitCodes[error.code]);
  }
  process.stderr.write(
    `Hookbench could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(exitCodes.failed);
}
