// Renders the templates of an action for one item into the request that would be sent. Sends nothing.
import type { ActionBody, ActionMethod, PreparedRequest, TemplateFault, TemplatePair } from '#contract';
import { hopHeader } from '../outbound/loop-guard.ts';
import { isOurs } from '../outbound/send-request.ts';
import { shownBody } from '../outbound/shown-exchange.ts';
import { joinTarget } from '../outbound/target-url.ts';
import { BodyFault } from '../parsing/body-fault.ts';
import { parseJson } from '../parsing/parse-json.ts';
import { parseXml } from '../parsing/parse-xml.ts';
import { checkTemplate, JsonText, type Piece, renderPieces, TemplateError } from './liquid-templates.ts';
import { createRenderTime, RenderTimeout } from './render-time.ts';
import { scopeOf, type TemplateContext } from './template-scope.ts';
import {
  PlaceError,
  plainText,
  shortened,
  writeForm,
  writeHeader,
  writeJson,
  writePath,
  writeQuery,
  writeXml,
} from './write-places.ts';

export type { TemplateContext } from './template-scope.ts';

export interface RequestParts {
  method: ActionMethod;
  path: string;
  query: readonly TemplatePair[];
  headers: readonly TemplatePair[];
  body: ActionBody;
}

/** What is handed to `callConnection` or kept in a job. */
export interface RenderedRequest {
  method: ActionMethod;
  /** Behind the Base Url: empty, or starts with `/` or `?`. */
  target: string;
  headers: [string, string][];
  body?: Uint8Array | undefined;
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** Also of a path or a header. More would hold the loop for longer than it may. */
const mostBytes = 2 * 1024 * 1024;
const tooLarge = 'What is sent here is larger than 2 MiB.';
/** Of a longer body the structure is read without its long values: reading 4 MB would hold the loop. */
const wholeCheckedChars = 64 * 1024;

/** The templates of a request with the place of each, as faults name them. */
export function templatesOf(parts: RequestParts): { where: string; template: string }[] {
  const { body } = parts;
  return [
    { where: 'path', template: parts.path },
    ...parts.query.map(({ value }, index) => ({ where: `query.${index}.value`, template: value })),
    ...parts.headers.map(({ value }, index) => ({ where: `headers.${index}.value`, template: value })),
    ...(body.kind === 'form'
      ? body.fields.map(({ value }, index) => ({ where: `body.fields.${index}.value`, template: value }))
      : body.kind === 'none'
        ? []
        : [{ where: 'body', template: body.template }]),
  ];
}

/** What is wrong with the parts whatever the item is: templates that do not parse, names that are no names. */
export function checkParts(parts: RequestParts): TemplateFault[] {
  const faults: TemplateFault[] = templatesOf(parts).flatMap(({ where, template }) => {
    const problem = checkTemplate(template);
    return problem ? [{ where, ...problem }] : [];
  });
  if (parts.path !== '' && !/^[/?]|^\{[%{]/.test(parts.path)) {
    faults.push({ where: 'path', message: 'Start the path with "/".', position: 0 });
  }
  for (const [index, { name }] of parts.query.entries()) {
    if (name.trim() === '') faults.push({ where: `query.${index}.name`, message: 'Type a name.' });
  }
  for (const [index, { name }] of parts.headers.entries()) {
    const message = headerFault(name);
    if (message !== undefined) faults.push({ where: `headers.${index}.name`, message });
  }
  if (parts.body.kind === 'form') {
    for (const [index, { name }] of parts.body.fields.entries()) {
      if (name === '') faults.push({ where: `body.fields.${index}.name`, message: 'Type a name.' });
    }
  }
  return faults;
}

function headerFault(name: string): string | undefined {
  if (!headerName.test(name)) return 'Type the name of a header, such as X-Request-Id.';
  if (isOurs(name) || name.toLowerCase() === hopHeader) return `Hookbench sets ${name} by itself.`;
  return undefined;
}

/**
 * `request` is absent where `prepared.faults` is not empty. Never throws for what is in the templates or the values. `baseUrl` may be empty
 * or wrong: only the path is shown then.
 */
export function prepareRequest(input: { parts: RequestParts; baseUrl: string; context: TemplateContext }): {
  prepared: PreparedRequest;
  request?: RenderedRequest | undefined;
} {
  const { parts, baseUrl } = input;
  const scope = scopeOf(input.context);
  const faults = checkParts(parts);
  const broken = new Set(faults.map(({ where }) => where));
  const time = createRenderTime();
  let isTimeOver = false;

  function at<T>(where: string, template: string, otherwise: T, write: (pieces: Piece[]) => T): T {
    if (broken.has(where) || isTimeOver) return otherwise;
    try {
      const pieces = renderPieces(template, scope, time);
      if (charsOf(pieces) > mostBytes) throw new PlaceError(tooLarge);
      return write(pieces);
    } catch (error) {
      if (error instanceof RenderTimeout) {
        isTimeOver = true;
        faults.push({ where, message: error.message });
      } else if (error instanceof TemplateError) faults.push({ where, ...error.problem });
      else if (error instanceof PlaceError) faults.push({ where, message: error.message });
      else throw error;
      return otherwise;
    }
  }
  const pairs = (place: string, list: readonly TemplatePair[], write: (pieces: Piece[]) => string) =>
    list.map(
      ({ name, value }, index) => [name, at(`${place}.${index}.value`, value, '', write)] as [string, string],
    );

  const path = at('path', parts.path, '', writePath);
  const query = writeQuery(pairs('query', parts.query, plainText));
  const target = query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
  const headers = pairs('headers', parts.headers, writeHeader);
  const { text, contentType } = writeBody();
  if (contentType !== undefined && !headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.push(['Content-Type', contentType]);
  }
  const body = text === undefined ? undefined : Buffer.from(text.toWellFormed());
  if (body && body.length > mostBytes) faults.push({ where: 'body', message: tooLarge });

  function writeBody(): { text?: string; contentType?: string } {
    const { body: form } = parts;
    switch (form.kind) {
      case 'none':
        return {};
      case 'form':
        return {
          text: writeForm(pairs('body.fields', form.fields, plainText)),
          contentType: 'application/x-www-form-urlencoded',
        };
      case 'text':
        return {
          text: at('body', form.template, '', plainText),
          contentType: form.contentType?.trim() || 'text/plain; charset=utf-8',
        };
      case 'json':
        return {
          text: checked('json', form.template, writeJson, parseJson),
          contentType: 'application/json',
        };
      case 'xml':
        return {
          text: checked('xml', form.template, writeXml, parseXml),
          contentType: 'application/xml',
        };
    }
  }

  /** The rendered body, with a fault where it cannot be read as what it is. */
  function checked(
    kind: 'json' | 'xml',
    template: string,
    write: (pieces: readonly Piece[]) => string,
    read: (text: string) => unknown,
  ): string {
    const rendered = at('body', template, undefined, (pieces) => {
      const text = write(pieces);
      return { text, probe: text.length > wholeCheckedChars ? write(shortened(pieces, kind)) : text };
    });
    if (rendered === undefined) return '';
    try {
      read(rendered.probe);
    } catch (error) {
      if (!(error instanceof BodyFault)) throw error;
      const { line, column } = (error.at ?? {}) as { line?: number; column?: number };
      const place =
        line === undefined ? '' : ` (line ${line}, column ${column} of the body as it would be sent)`;
      faults.push({ where: 'body', message: `${error.message}${place}` });
    }
    return rendered.text;
  }

  const prepared: PreparedRequest = {
    method: parts.method,
    url: joinTarget(baseUrl, target) ?? target,
    headers,
    ...(body === undefined ? {} : { body: shownBody(body, contentTypeOf(headers)) }),
    faults,
  };
  return {
    prepared,
    ...(faults.length > 0
      ? {}
      : { request: { method: parts.method, target, headers, ...(body ? { body } : {}) } }),
  };
}

/** Of the texts among them: what is written is at least as long. */
function charsOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => {
    const text = 'literal' in piece ? piece.literal : piece.value;
    return sum + (typeof text === 'string' ? text.length : text instanceof JsonText ? text.text.length : 0);
  }, 0);
}

export type PrepareRequest = typeof prepareRequest;

function contentTypeOf(headers: readonly [string, string][]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}
