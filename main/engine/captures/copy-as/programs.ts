// A call as a few lines of a program: fetch for a browser or Node, requests for Python. Pure.
import { base64Lines, type CopiedRequest, hasHeader, joinedHeaders, plainText } from './copied-request.ts';

const latin1 = (text: string) =>
  JSON.stringify(text).replaceAll(/[\u007f-\u00ff]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);

export function asFetch(request: CopiedRequest): string {
  const { method, url, body } = request;
  const takesBody = method !== 'GET' && method !== 'HEAD';
  const lines = [
    ...(body.length > 0 && !takesBody
      ? [`// fetch sends no body with ${method}; the ${body.length} bytes of this call are left out.`]
      : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    '  headers: {',
    ...joinedHeaders(request).map(([name, value]) => `    ${JSON.stringify(name)}: ${latin1(value)},`),
    '  },',
  ];
  if (body.length > 0 && takesBody) lines.push(`  body: ${fetchBody(request)},`);
  lines.push('});', 'console.log(response.status, await response.text());');
  return lines.join('\n');
}

/** As bytes: a text alone would bring a Content-Type of its own. A file is read by Node. */
function fetchBody({ body, bodyFile }: CopiedRequest): string {
  if (bodyFile !== undefined)
    return `await (await import('node:fs/promises')).readFile(${JSON.stringify(bodyFile)})`;
  const text = plainText(body);
  if (text !== undefined) return `new TextEncoder().encode(${JSON.stringify(text)})`;
  return `Uint8Array.from(atob(${JSON.stringify(Buffer.from(body).toString('base64'))}), (char) => char.charCodeAt(0))`;
}

export function asPython(request: CopiedRequest): string {
  const { method, url, body, bodyFile } = request;
  const text = bodyFile === undefined ? plainText(body) : undefined;
  const isBinary = bodyFile === undefined && body.length > 0 && text === undefined;
  // What requests would add on its own.
  const left = ['Accept', 'User-Agent'].filter((name) => !hasHeader(request, name.toLowerCase()));
  return [
    ...(isBinary ? ['import base64', ''] : []),
    'import requests',
    '',
    'response = requests.request(',
    `    ${JSON.stringify(method)},`,
    `    ${JSON.stringify(url)},`,
    '    headers={',
    ...joinedHeaders(request).map(([name, value]) => `        ${JSON.stringify(name)}: ${latin1(value)},`),
    ...left.map((name) => `        "${name}": None,`),
    '    },',
    ...(body.length === 0
      ? []
      : bodyFile !== undefined
        ? [`    data=open(${JSON.stringify(bodyFile)}, "rb").read(),`]
        : isBinary
          ? [`    data=base64.b64decode("""\n${base64Lines(body)}\n"""),`]
          : [`    data=${JSON.stringify(text)}.encode(),`]),
    ')',
    'print(response.status_code, response.text)',
  ].join('\n');
}
