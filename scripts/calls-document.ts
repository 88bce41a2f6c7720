// The text of docs/calls.md: every call, event and problem of the contract with its JSON shapes. Pure.
import { z } from 'zod';
import { calls, events, problemStatuses } from '#contract';

interface Shape {
  type?: string;
  $ref?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  items?: Shape;
  prefixItems?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
}

export function callsDocument(): string {
  const parts = [
    '# Calls',
    '',
    'Made from the contract (`main/contract/`) by `npm run docs`; do not edit.',
    '',
    'A script makes a call with `POST /api/<call>` and a JSON body. It gets 200 with the output, or 4xx/5xx with a problem:',
    '`{"code", "message", "path"?, "retry"?}`. There are two doors:',
    '',
    "- the socket of the running application, for this user only: `curl --unix-socket <data folder>/hookbench.sock -d '{}' http://hookbench/api/status.get`;",
    '- in `serve`, the control port with the bearer token: `curl -H "Authorization: Bearer $TOKEN" -d \'{}\' http://127.0.0.1:4871/api/status.get`.',
    '',
    '`name?` may be left out. Lists go from newest to oldest; pass the `next` of a page as `before` to get the one after it.',
  ];
  for (const [name, call] of Object.entries(calls)) {
    parts.push(
      '',
      `## ${name}`,
      '',
      `${call.does} *(${call.kind})*`,
      '',
      '```ts',
      `input  ${shapeOf(call.input, 'input')}`,
      `output ${shapeOf(call.output, 'output')}`,
      '```',
    );
  }
  parts.push('', '# Events', '', 'Pushed to every screen; they carry ids and small facts.', '', '```ts');
  for (const [name, event] of Object.entries(events)) parts.push(`${name} ${shapeOf(event, 'output')}`);
  parts.push('```', '', '# Problems', '', '| code | status |', '|---|---|');
  for (const [code, status] of Object.entries(problemStatuses)) parts.push(`| \`${code}\` | ${status} |`);
  return `${parts.join('\n')}\n`;
}

function shapeOf(schema: z.ZodType, io: 'input' | 'output'): string {
  return print(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Shape, 0);
}

function print(shape: Shape, depth: number): string {
  if (shape.$ref) return 'JSON';
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (shape.anyOf) return isJson(shape) ? 'JSON' : shape.anyOf.map((one) => print(one, depth)).join(' | ');
  if (shape.prefixItems) return `[${shape.prefixItems.map((one) => print(one, depth)).join(', ')}]`;
  if (shape.type === 'array') return list(print(shape.items ?? {}, depth));
  if (shape.type === 'object' && shape.properties) return object(shape, depth);
  if (shape.type === 'object') {
    const values = shape.additionalProperties;
    return `{[name]: ${typeof values === 'object' ? print(values, depth) : 'JSON'}}`;
  }
  return shape.type ?? 'JSON';
}

/** The lazy union that stands for any JSON value. */
function isJson(shape: Shape): boolean {
  return (shape.anyOf?.length ?? 0) === 6;
}

function list(inner: string): string {
  return /[|]/.test(inner) && !inner.startsWith('{') ? `(${inner})[]` : `${inner}[]`;
}

function object(shape: Shape, depth: number): string {
  const required = new Set(shape.required ?? []);
  const entries = Object.entries(shape.properties ?? {}).map(
    ([name, inner]) => `${name}${required.has(name) ? '' : '?'}: ${print(inner, depth + 1)}`,
  );
  if (entries.length === 0) return '{}';
  const line = `{ ${entries.join(', ')} }`;
  if (line.length + depth * 2 <= 100 && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  return `{\n${entries.map((entry) => `${indent}${entry},`).join('\n')}\n${'  '.repeat(depth)}}`;
}
