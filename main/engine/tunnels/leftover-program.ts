// Finds and ends a tunnel program that outlived its Hookbench (kill -9, power of the session gone). While one runs, a note beside the store
// says which process it is; the next start reads it. Threat: the number of a process is used again, so nothing is ended whose
// start time is not the noted one, and nothing without such a proof.
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const noted = z.object({ pid: z.number().int().min(2), startMark: z.string().min(1), program: z.string() });

export interface LeftoverPrograms {
  /** Notes a program that was just started. Settles when the note is written; without a proof of identity there is none. */
  note(pid: number, program: string): Promise<void>;
  /** To be called when this program is gone. */
  forget(pid: number): void;
  /** Ends what an earlier Hookbench left behind and gives its name; undefined where nothing was left. */
  end(): Promise<string | undefined>;
}

/** `file` stands in the data folder, which one Hookbench at a time has for itself. */
export function createLeftoverPrograms(file: string): LeftoverPrograms {
  function read(): z.infer<typeof noted> | undefined {
    try {
      const note = noted.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      return note.success ? note.data : undefined;
    } catch {
      // No note, or half of one: then there is nothing that could be proved.
      return undefined;
    }
  }

  return {
    async note(pid, program) {
      const startMark = await startMarkOf(pid);
      if (startMark === undefined) return;
      writeFileSync(file, JSON.stringify({ pid, startMark, program }), { mode: 0o600 });
    },
    forget(pid) {
      if (read()?.pid === pid) rmSync(file, { force: true });
    },
    async end() {
      const note = read();
      if (!note) return undefined;
      const isAlive = async () => (await startMarkOf(note.pid)) === note.startMark;
      let ended: string | undefined;
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        if (!(await isAlive())) break;
        send(note.pid, signal);
        ended = note.program;
        for (let round = 0; round < 40 && (await isAlive()); round += 1) await wait(50);
      }
      rmSync(file, { force: true });
      return ended;
    },
  };
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself in this moment.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
    throw error;
  }
}

/** When a process began, in words that no other process with its number shares; undefined where there is none (or none can be asked). */
export async function startMarkOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // After the name in brackets, which may hold anything: state is field 3, the start field 22.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      return fields[0] === 'Z' || fields[19] === undefined ? undefined : `${boot} ${fields[19]}`;
    }
    const { stdout } =
      process.platform === 'win32'
        ? await run('powershell.exe', [
            '-NoProfile',
            '-NonInteractive',
            '-Command',
            `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
          ])
        : await run('ps', ['-o', 'lstart=', '-p', `${pid}`], { env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' } });
    return stdout.trim() || undefined;
  } catch {
    // No such process, or the system does not say: no proof either way.
    return undefined;
  }
}
