// Part of the Electron double: `utilityProcess.fork`. Either a scripted child, whose messages and end the test decides, or
// a real one: the entry runs in a process of its own with real message ports, so the engine behind it is the real engine.
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { type MessagePortDouble, takePorts } from './electron-double-ports.ts';
import type { Wire } from './utility-process-child.ts';

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

/** The entry runs in a process of its own; ports that are handed over are carried across by their number. */
export class ProcessChild extends EventEmitter implements ForkedDouble {
  readonly received: { message: unknown; ports: MessagePortDouble[] }[] = [];
  readonly modulePath: string;
  readonly options: Record<string, unknown>;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  killed = false;
  private readonly child: ChildProcess;
  private readonly ports = new Map<number, MessagePort>();
  constructor(modulePath: string, options: Record<string, unknown>) {
    super();
    this.modulePath = modulePath;
    this.options = options;
    this.child = fork(new URL('./utility-process-child.ts', import.meta.url), [modulePath], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
    });
    this.stdout = this.child.stdout;
    this.stderr = this.child.stderr;
    this.child.on('message', (wire: Wire) => this.receive(wire));
    this.child.on('exit', (code) => {
      for (const port of this.ports.values()) port.close();
      this.emit('exit', code ?? 15);
    });
  }
  postMessage(message: unknown, transfer: MessagePortDouble[] = []): void {
    this.received.push({ message, ports: transfer });
    const ids = takePorts(transfer).map((port) => this.carry(port));
    this.send({ t: 'message', message, ids });
  }
  kill(): boolean {
    this.killed = true;
    return this.child.kill('SIGTERM');
  }
  /** Ends it without a chance to do anything, as the system does when memory is short. */
  crash(): void {
    this.child.kill('SIGKILL');
  }
  private carry(port: MessagePort): number {
    lastPortId += 1;
    const id = lastPortId;
    this.ports.set(id, port);
    port.on('message', (data: unknown) => this.send({ t: 'port', id, data }));
    port.on('close', () => {
      this.ports.delete(id);
      this.send({ t: 'portClosed', id });
    });
    return id;
  }
  private send(wire: Wire): void {
    if (this.child.connected) this.child.send(wire);
  }
  private receive(wire: Wire): void {
    if (wire.t === 'port') this.ports.get(wire.id)?.postMessage(wire.data);
    else if (wire.t === 'portClosed') this.ports.get(wire.id)?.close();
    else this.emit('message', wire.message);
  }
}

let lastPortId = 0;
