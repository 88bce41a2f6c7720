// A call as a command for a POSIX shell: cURL and HTTPie. Every word is quoted; a body that is no plain text, or too long for one word,
// goes in through a pipe as base64; one in a file is read from there. Pure.
import { base64Lines, type CopiedRequest, hasHeader, plainText, sentHeaders } from './copied-request.ts';

/** Linux takes 128 KiB for one word of a command. */
const longestWordBytes = 64 * 1024;
/** curl asks for permission before it sends more than this. */
const expectsAbove = 1024 * 1024 - 1;

/** Nothing inside is interpreted. Bytes above ASCII in headers are those of Latin-1, as HTTP has them. */
function quoted(word: string, isLatin1 = false): string {
  if (isLatin1 && /[\u0080-\u00ff]/.test(word)) {
    const escaped = [...word].map((char) =>
      char === "'" || char === '\\'
        ? `\\${char}`
        : char > '~'
          ? `\\x${char.charCodeAt(0).toString(16)}`
          : char,
    );
    return `$'${escaped.join('')}'`;
  }
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function bodyWord(body: Uint8Array): string | undefined {
  return body.length <= longestWordBytes ? plainText(body) : undefined;
}

const piped = (body: Uint8Array, command: string) =>
  `base64 -d <<'BODY' | ${command}\n${base64Lines(body)}\nBODY`;

export function asCurl(request: CopiedRequest): string {
  const { method, url, body } = request;
  const parts = [method === 'HEAD' ? 'curl --head' : `curl -X ${quoted(method)}`];
  if (/[[\]{}]/.test(url)) parts[0] += ' --globoff';
  if (/\/\.{1,2}(\/|$|\?)/.test(url)) parts[0] += ' --path-as-is';
  parts[0] += ` ${quoted(url)}`;
  for (const [name, value] of sentHeaders(request)) {
    parts.push(value === '' ? `-H ${quoted(`${name};`)}` : `-H ${quoted(`${name}: ${value}`, true)}`);
  }
  // What curl would add on its own.
  for (const name of ['Accept', 'User-Agent'])
    if (!hasHeader(request, name.toLowerCase())) parts.push(`-H '${name}:'`);
  if (body.length === 0) {
    if (method === 'POST')
      parts.push("--data-raw ''", ...(hasHeader(request, 'content-type') ? [] : ["-H 'Content-Type:'"]));
    return parts.join(' \\\n  ');
  }
  if (!hasHeader(request, 'content-type')) parts.push("-H 'Content-Type:'");
  if (body.length > expectsAbove) parts.push("-H 'Expect:'");
  if (request.bodyFile !== undefined)
    return [...parts, `--data-binary ${quoted(`@${request.bodyFile}`)}`].join(' \\\n  ');
  const word = bodyWord(body);
  if (word !== undefined) return [...parts, `--data-raw ${quoted(word)}`].join(' \\\n  ');
  return piped(body, [...parts, '--data-binary @-'].join(' \\\n  '));
}

/** HTTPie reads a name up to the first separator; what would make another separator of the colon is escaped. */
function httpieHeader(name: string, value: string): string {
  if (value === '') return quoted(`${name};`);
  return quoted(`${name}:${/^[=@]/.test(value) ? `\\${value}` : value}`, true);
}

export function asHttpie(request: CopiedRequest): string {
  const { method, url, body } = request;
  const items = sentHeaders(request).map(([name, value]) => httpieHeader(name, value));
  for (const name of ['Accept', 'Accept-Encoding', 'User-Agent'])
    if (!hasHeader(request, name.toLowerCase())) items.push(`'${name}:'`);
  if (body.length > 0 && !hasHeader(request, 'content-type')) items.push("'Content-Type:'");
  const word = bodyWord(body);
  const command = (flags: string, last: string[]) =>
    [`http${flags} ${quoted(method)} ${quoted(url)}`, ...items, ...last].join(' \\\n  ');
  if (body.length === 0) return command(' --ignore-stdin', []);
  if (request.bodyFile !== undefined) return `${command('', [])} < ${quoted(request.bodyFile)}`;
  if (word !== undefined) return command(' --ignore-stdin', [`--raw ${quoted(word)}`]);
  return piped(body, command('', []));
}
