// The engine's door to payloads: reads, maps and shows bodies without ever holding up the loop. Small plain bodies are done at
// once; large or compressed ones, and paths with filters or descendants, go to worker threads that can be killed.
// Threats: bodies and paths made to cost time or memory. Bounds: 64 KiB inline, 15 s and 1 GiB a task in a worker.
import {
  type BodyFormat,
  type CaptureView,
  type FoundPlaces,
  type Mapping,
  type PayloadNode,
  ProblemError,
} from '#contract';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import { compileRows } from '../mapping/compile-mapping.ts';
import { compilePath } from '../mapping/compile-path.ts';
import type { CallCover } from '../mapping/cover-call.ts';
import { type MappingPreview, previewMapping } from '../mapping/preview-mapping.ts';
import type { SurveyedPath, SurveyOf } from '../mapping/survey-paths.ts';
import { formatOfType, readContentType } from '../parsing/content-type.ts';
import { createParsedCache } from './parsed-cache.ts';
import type {
  CheckResult,
  FactPlace,
  PayloadFacts,
  PayloadTask,
  Splitting,
  UnwrapSteps,
} from './payload-task.ts';
import { runTask } from './run-task.ts';
import { TaskRefusal } from './task-refusal.ts';
import { createWorkerLane, TaskLimitReached } from './worker-lane.ts';

export type { CheckResult, FactPlace, Splitting, UnwrapSteps } from './payload-task.ts';

/** A call as it was received. `key` is the capture's id, `''` before there is one. The body is never changed or detached. */
export interface PayloadSource extends PayloadFacts {
  body: Uint8Array;
}

export interface CheckOptions {
  /** Count the elements as this mapping has them. */
  splitting?: Splitting | undefined;
  eventType?: FactPlace | undefined;
  deliveryId?: FactPlace | undefined;
  signal?: AbortSignal | undefined;
}

export interface PayloadReaderOptions {
  /** Bodies up to this size are read on the engine's loop. */
  maxInlineBytes?: number;
  timeLimitMs?: number;
  maxMemoryMb?: number;
  idleMs?: number;
  /** Where a bundled build has put the worker. */
  workerUrl?: URL;
}

/** Checks up to this size have a worker of their own, so that no sender waits behind a long mapping. */
const maxQuickBytes = 4 * 1024 * 1024;

/** Masking looks at every value of a body, some paths several times. */
const maxInlineMaskBytes = 16 * 1024;

export function createPayloadReader(options: PayloadReaderOptions = {}) {
  const maxInlineBytes = options.maxInlineBytes ?? 64 * 1024;
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const laneOptions = {
    workerUrl: options.workerUrl ?? new URL(`./payload-worker.${extension}`, import.meta.url),
    timeLimitMs: options.timeLimitMs ?? 15_000,
    maxMemoryMb: options.maxMemoryMb ?? 1024,
    idleMs: options.idleMs ?? 60_000,
  };
  const quickLane = createWorkerLane(laneOptions);
  const longLane = createWorkerLane(laneOptions);
  const inlineCache = createParsedCache({ maxEntries: 64, maxBytes: 32 * 1024 * 1024 });
  let stopped = false;

  function isInline(source: PayloadSource, heavy: boolean): boolean {
    const encoding = source.contentEncoding?.trim().toLowerCase() ?? '';
    return !heavy && source.body.length <= maxInlineBytes && (encoding === '' || encoding === 'identity');
  }

  async function run(
    task: PayloadTask,
    source: PayloadSource,
    heavy: boolean,
    signal?: AbortSignal,
  ): Promise<unknown> {
    signal?.throwIfAborted();
    if (stopped) throw stopping();
    const { body, ...rest } = source;
    const facts: PayloadFacts = {
      key: rest.key,
      contentType: rest.contentType,
      contentEncoding: rest.contentEncoding,
      headers: rest.headers,
      query: rest.query,
      eventType: rest.eventType,
      maxBytes: rest.maxBytes,
    };
    try {
      if (isInline(source, heavy)) return runTask(task, facts, body, inlineCache);
      const lane = task.kind === 'check' && body.length <= maxQuickBytes ? quickLane : longLane;
      return await lane.run(task, facts, body, signal);
    } catch (error) {
      if (error instanceof TaskRefusal) {
        throw new ProblemError(
          error.code,
          error.message,
          error.path === undefined ? {} : { path: error.path },
        );
      }
      throw error;
    }
  }

  /** As run, for tasks of which somebody waits for the output: a limit is a problem like an unreadable body. */
  async function runForOutput(
    task: PayloadTask,
    source: PayloadSource,
    heavy: boolean,
    signal?: AbortSignal,
  ) {
    try {
      return await run(task, source, heavy, signal);
    } catch (error) {
      if (error instanceof TaskLimitReached) throw new ProblemError('payload.unreadable', error.message);
      throw error;
    }
  }

  return {
    /** Is the body one that we take, what is it, how many elements has it. No value crosses. Never rejects for a body. */
    async check(source: PayloadSource, options: CheckOptions = {}): Promise<CheckResult> {
      const { splitting, eventType, deliveryId, signal } = options;
      const heavy =
        [eventType?.path, deliveryId?.path].some(isHeavyPath) ||
        (splitting !== undefined && isHeavy(splitting));
      try {
        const task: PayloadTask = { kind: 'check', splitting, eventType, deliveryId };
        return (await run(task, source, heavy, signal)) as CheckResult;
      } catch (error) {
        if (!(error instanceof TaskLimitReached)) throw error;
        const code = error.limit === 'time' ? 'tooSlow' : 'tooMuchMemory';
        const message = `${error.message} Send it in smaller calls.`;
        return { ok: false, format: declaredFormat(source), status: 422, rejection: { code, message } };
      }
    },

    /** @throws ProblemError mapping.invalid, payload.unreadable (limits of time and memory included) */
    async map(source: PayloadSource, mapping: Mapping, signal?: AbortSignal): Promise<MappedElement[]> {
      const heavy = isHeavy(mapping);
      return (await runForOutput({ kind: 'map', mapping }, source, heavy, signal)) as MappedElement[];
    },

    /** Also for half-typed mappings; without a source only what can be said without a call. @throws ProblemError payload.unreadable */
    async preview(
      source: PayloadSource | undefined,
      mapping: Mapping,
      signal?: AbortSignal,
    ): Promise<MappingPreview> {
      if (!source) return previewMapping(mapping, undefined);
      const heavy = isHeavy(mapping);
      return (await runForOutput({ kind: 'preview', mapping }, source, heavy, signal)) as MappingPreview;
    },

    /** How far the rows of a mapping get on this call, as far as they can be read. @throws ProblemError payload.unreadable */
    async cover(source: PayloadSource, mapping: Mapping, signal?: AbortSignal): Promise<CallCover> {
      return (await runForOutput({ kind: 'cover', mapping }, source, isHeavy(mapping), signal)) as CallCover;
    },

    /** The paths that this call has, for completion and suggestions. @throws ProblemError payload.unreadable */
    async survey(
      source: PayloadSource,
      splitting: Splitting,
      of: SurveyOf,
      signal?: AbortSignal,
    ): Promise<SurveyedPath[][]> {
      const task: PayloadTask = { kind: 'survey', splitting, of };
      return (await runForOutput(task, source, isHeavy(splitting), signal)) as SurveyedPath[][];
    },

    /** Texts are capped at 256 Ki characters. A body that cannot be read shows its text, or a hex dump where it is binary. */
    async view(source: PayloadSource, signal?: AbortSignal, unwrap?: UnwrapSteps): Promise<CaptureView> {
      const heavy = isHeavy({ unwrap });
      return (await runForOutput({ kind: 'view', unwrap }, source, heavy, signal)) as CaptureView;
    },

    /** @throws ProblemError payload.unreadable, input.invalid where the path leads nowhere */
    async children(
      source: PayloadSource,
      path: string,
      offset: number,
      limit: number,
      signal?: AbortSignal,
      unwrap?: UnwrapSteps,
    ): Promise<{ nodes: PayloadNode[]; total: number }> {
      const task: PayloadTask = { kind: 'children', path, offset, limit, unwrap };
      return (await runForOutput(task, source, isHeavy({ unwrap }), signal)) as {
        nodes: PayloadNode[];
        total: number;
      };
    },

    /** Places whose key or value holds a text; at most 200 from the place numbered `after` on. @throws ProblemError payload.unreadable */
    async find(
      source: PayloadSource,
      text: string,
      after: number,
      signal?: AbortSignal,
      unwrap?: UnwrapSteps,
    ): Promise<FoundPlaces> {
      const task: PayloadTask = { kind: 'find', text, after, unwrap };
      const heavy = (text.startsWith('$') && isHeavyPath(text)) || isHeavy({ unwrap });
      return (await runForOutput(task, source, heavy, signal)) as FoundPlaces;
    },

    /** One value as text. @throws ProblemError payload.unreadable, input.invalid where the path leads nowhere */
    async value(
      source: PayloadSource,
      path: string,
      signal?: AbortSignal,
    ): Promise<{ text: string; cut: boolean }> {
      return (await runForOutput({ kind: 'value', path }, source, isHeavyPath(path), signal)) as {
        text: string;
        cut: boolean;
      };
    },

    /** The body with the values at the paths replaced; `masked` 0 where none selects anything. @throws ProblemError payload.unreadable */
    async mask(
      source: PayloadSource,
      paths: string[],
      signal?: AbortSignal,
    ): Promise<{ text: string; masked: number }> {
      const task: PayloadTask = { kind: 'mask', paths };
      // Without a key: the body itself is needed, also where its value is held.
      return (await runForOutput(
        task,
        { ...source, key: '' },
        source.body.length > maxInlineMaskBytes,
        signal,
      )) as {
        text: string;
        masked: number;
      };
    },

    /** Ends the workers. What is under way, and every later call, rejects with `engine.stopping`. */
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([quickLane.stop(stopping()), longLane.stop(stopping())]);
    },
  };
}

export type PayloadReader = ReturnType<typeof createPayloadReader>;

function stopping(): ProblemError {
  return new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true });
}

/** By the object itself: one mapping, and one splitting, reads many calls. */
const knownHeavy = new WeakMap<Partial<Mapping>, boolean>();

function isHeavy(mapping: Partial<Mapping>): boolean {
  const known = knownHeavy.get(mapping);
  if (known !== undefined) return known;
  const { heavy } = compileRows({ id: '', title: '', ...mapping }).compiled;
  knownHeavy.set(mapping, heavy);
  return heavy;
}

function isHeavyPath(text: string | undefined): boolean {
  if (text === undefined) return false;
  const compiled = compilePath(text);
  return compiled.ok && compiled.path.heavy;
}

function declaredFormat(source: PayloadSource): BodyFormat {
  return formatOfType(readContentType(source.contentType).type) ?? 'text';
}
