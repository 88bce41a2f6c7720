// Part of the Electron double: `utilityProcess.fork`. Either a scripted child, whose messages and end the test decides, or
// a real one: the entry runs in a thread of its own with real message ports, so the engine behind it is the real engine.
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type MessagePortDouble, takePorts } from './electron-double-ports.ts';

export interface ForkedDouble extends EventEmitter {
  readonly modulePath: string;
  readonly options: Record<string, unknown>;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  /** What the shell sent, in order, with the number of ports that came along. */
  readonly received: { message: unknown; ports: MessagePortDouble[] }[];
  killed: boolean;
  postMessage(message: unknown, transfer?: MessagePortDouble[]): void;
  kill(): boolean;
}

export class ScriptedChild extends EventEmitter implements ForkedDouble {
  readonly received: { message: unknown; ports: MessagePortDouble[] }[] = [];
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly modulePath: string;
  readonly options: Record<string, unknown>;
  killed = false;
  /** False makes a child that does not even die when it is killed. */
  mortal = true;
  private ended = false;
  constructor(modulePath: string, options: Record<string, unknown>) {
    super();
    this.modulePath = modulePath;
    this.options = options;
  }
  postMessage(message: unknown, transfer: MessagePortDouble[] = []): void {
    if (this.ended) throw new Error('The double refuses messages to a process that has ended.');
    this.received.push({ message: structuredClone(message), ports: transfer });
  }
  kill(): boolean {
    this.killed = true;
    if (this.mortal) this.end(15);
    return this.mortal;
  }
  /** The process says something to the shell. */
  say(message: unknown): void {
    this.emit('message', structuredClone(message));
  }
  /** The process ends by itself. */
  end(code: number): void {
    if (this.ended) return;
    this.ended = true;
    this.emit('exit', code);
  }
}

export class ThreadChild extends EventEmitter implements ForkedDouble {
  readonly received: { message: unknown; ports: MessagePortDouble[] }[] = [];
  readonly modulePath: string;
  readonly options: Record<string, unknown>;
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  killed = false;
  private readonly thread: Worker;
  constructor(modulePath: string, options: Record<string, unknown>, entry: string) {
    super();
    this.modulePath = modulePath;
    this.options = options;
    this.thread = new Worker(new URL('./utility-process-worker.ts', import.meta.url), {
      workerData: pathToFileURL(entry).href,
      stdout: true,
      stderr: true,
    });
    this.stdout = this.thread.stdout;
    this.stderr = this.thread.stderr;
    this.thread.on('message', (message) => this.emit('message', message));
    this.thread.on('error', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
    this.thread.on('exit', (code) => this.emit('exit', code));
  }
  postMessage(message: unknown, transfer: MessagePortDouble[] = []): void {
    this.received.push({ message, ports: transfer });
    const ports = takePorts(transfer);
    this.thread.postMessage({ data: message, ports }, ports);
  }
  kill(): boolean {
    this.killed = true;
    void this.thread.terminate();
    return true;
  }
}
