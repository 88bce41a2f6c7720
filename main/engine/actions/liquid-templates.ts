// Liquid templates: checked, and rendered into pieces, so that what the author wrote and what a payload says are told apart until each is
// written into its place (see write-places.ts). The only owner of the template engine.
//
// Threats: values are hostile, templates are the user's own but may be slow. No files, no inclusion, no prototypes, no output that
// escapes the pieces; time and memory of a rendering are limited.
import { Context, Liquid, type Template, Token, toValueSync } from 'liquidjs';
import { ExactNumber } from '../parsing/payload-value.ts';
import { createRenderTime, type RenderTime, RenderTimeout } from './render-time.ts';

/** A literal part of the template, or a value that it inserts. */
export type Piece = { literal: string } | { value: unknown };

/** What the filter `json` gives: JSON that is to be written as it stands where JSON is expected. */
export class JsonText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export interface TemplateProblem {
  message: string;
  /** Offset in the template, from 0. */
  position?: number | undefined;
}

export class TemplateError extends Error {
  readonly problem: TemplateProblem;
  constructor(problem: TemplateProblem) {
    super(problem.message);
    this.name = 'TemplateError';
    this.problem = problem;
  }
}

/** Marks what `{{ … }}` inserts; a text wherever the engine wants one. */
class Inserted {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
  toString(): string {
    return textOf(this.value);
  }
}

const roots = new Set(['item', 'capture', 'module', 'steps']);
/** They read files, write around the pieces, or keep state. */
const tagsLeftOut = [
  'include',
  'render',
  'layout',
  'block',
  'echo',
  'cycle',
  'increment',
  'decrement',
  'tablerow',
  'liquid',
];
const parseLimit = 400_000;
/** Characters that filters read, and elements of lists. */
const memoryLimit = 1_000_000;
const mostCompiled = 500;
/** Reading them takes some 5 µs each. */
const mostPlaces = 2_000;
/** Filters whose time is that of copying a text once. All others may look at each element of a list, in one piece. */
const briskFilters = new Set(
  `abs append at_least at_most base64_decode base64_encode capitalize ceil date date_to_long_string date_to_rfc822 date_to_string
  date_to_xmlschema default divided_by downcase escape escape_once first floor json last lstrip minus modulo newline_to_br
  normalize_whitespace plus prepend raw round rstrip size squish strip strip_html strip_newlines times truncate upcase url_decode
  url_encode cgi_escape uri_escape xml_escape`.split(/\s+/),
);

// Lines and columns of every name are counted from the begin of the template, again and again: seconds for a long one. We tell offsets.
Token.prototype.getPosition = () => [1, 1];

const liquid = new Liquid({
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: false,
  cache: false,
  parseLimit,
  memoryLimit,
  outputEscape: (value: unknown) => new Inserted(value) as unknown as string,
});
for (const tag of tagsLeftOut) delete liquid.tags[tag];
liquid.registerFilter('json', (value: unknown) => {
  const whole = typeof value === 'string' ? value.toWellFormed() : (value ?? null);
  return new JsonText(JSON.stringify(whole) ?? 'null');
});
// Its own `raw` would take values out of their marks.
liquid.registerFilter('raw', (value: unknown) => value);

/** As people would write the value: a text as it is, a number with its digits, objects and lists as JSON, nothing for null. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (value instanceof Inserted) return textOf(value.value);
  if (value instanceof JsonText || value instanceof ExactNumber) return String(value);
  if (typeof value === 'object') return JSON.stringify(value) ?? '';
  return String(value);
}

interface Compiled {
  templates: Template[];
  /** A filter, or the making of a range such as `(1..900000)`, may take long in one piece. */
  cannotStop: boolean;
}
const compiled = new Map<string, Compiled>();

/** Throws `TemplateError`. */
function compile(text: string): Compiled {
  const known = compiled.get(text);
  if (known) return known;
  const filters = [...text.matchAll(/\|\s*(\w+)/g)].map(([, name = '']) => name);
  const cannotStop = text.includes('..') || filters.some((name) => !briskFilters.has(name));
  const ready = { templates: parse(text), cannotStop };
  if (compiled.size >= mostCompiled) {
    const [oldest] = compiled.keys();
    if (oldest !== undefined) compiled.delete(oldest);
  }
  compiled.set(text, ready);
  return ready;
}

function parse(text: string): Template[] {
  if (text.split(/\{[{%]/, mostPlaces + 2).length > mostPlaces + 1) {
    throw new TemplateError({ message: `A template has at most ${mostPlaces} places that are filled in.` });
  }
  try {
    const templates = liquid.parse(text);
    for (const [name, ...more] of liquid.globalVariableSegmentsSync(templates)) {
      if (typeof name !== 'string' || roots.has(name)) continue;
      const path = [name, ...more].filter((part) => typeof part === 'string').join('.');
      throw new TemplateError({
        message: `"${path}" is not known here. Values begin with item, capture or module, such as item.title.`,
        position: Math.max(0, text.indexOf(name)),
      });
    }
    return templates;
  } catch (error) {
    throw error instanceof TemplateError ? error : new TemplateError(problemOf(error, text));
  }
}

/** What is wrong with a template, without rendering it. */
export function checkTemplate(text: string): TemplateProblem | undefined {
  try {
    compile(text);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error.problem;
    throw error;
  }
}

/** `time` is shared by renderings that follow each other. Throws `TemplateError`, and `RenderTimeout` where it was used up. */
export function renderPieces(text: string, scope: object, time: RenderTime = createRenderTime()): Piece[] {
  // Most paths, names and values are plain.
  if (!text.includes('{{') && !text.includes('{%')) return text === '' ? [] : [{ literal: text }];
  const { templates, cannotStop } = compile(text);
  return time.spend((renderLimit) => {
    const pieces: Piece[] = [];
    const emitter = {
      buffer: '',
      write(part: unknown) {
        if (part instanceof Inserted) pieces.push({ value: part.value });
        else pieces.push({ literal: textOf(part) });
      },
    };
    try {
      const context = new Context(scope, liquid.options, { sync: true, renderLimit }, {});
      toValueSync(liquid.renderer.renderTemplates(templates, context, emitter));
      return pieces;
    } catch (error) {
      if (/template render limit exceeded/.test(messageOf(error))) throw new RenderTimeout();
      throw new TemplateError(problemOf(error, text));
    }
  }, cannotStop);
}

/** The rendering as one plain text. Throws like `renderPieces`. */
export function renderText(text: string, scope: object, time?: RenderTime): string {
  return renderPieces(text, scope, time)
    .map((piece) => ('literal' in piece ? piece.literal : textOf(piece.value)))
    .join('');
}

interface EngineError {
  message?: string;
  originalError?: { message?: string };
  token?: { begin?: number; input?: string };
}

function messageOf(error: unknown): string {
  const { message, originalError } = (error ?? {}) as EngineError;
  return originalError?.message ?? message ?? String(error);
}

function problemOf(error: unknown, text: string): TemplateProblem {
  const { token } = (error ?? {}) as EngineError;
  const plain = messageOf(error).split('\n')[0] ?? '';
  const sentence = sentenceFor(plain.replace(/, line:\d+(, col:\d+)?$/, ''));
  const begin = token?.input === undefined || token.input === text ? token?.begin : undefined;
  return begin === undefined ? { message: sentence } : { message: sentence, position: begin };
}

function sentenceFor(message: string): string {
  const filter = /undefined filter: (.+)/.exec(message)?.[1];
  if (filter !== undefined) return `There is no filter "${filter}".`;
  const tag = /tag "(.+)" not found/.exec(message)?.[1];
  if (tag !== undefined) return `There is no tag "${tag}" here.`;
  if (/memory alloc limit exceeded/.test(message)) return 'Rendering needed too much memory and was stopped.';
  const first = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
