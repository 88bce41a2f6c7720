// A pasted cURL command becomes the form of an action. Nothing is run or called; secrets are left out and told.
import { type ActionInput, actionMethod, type CallOutput, ProblemError, type TemplatePair } from '#contract';
import { isOurs } from '../outbound/send-request.ts';
import { readTargetUrl } from '../outbound/target-guard.ts';
import { ShellError, shellWords } from './shell-words.ts';

/** Options with a value that change the request; by both names. */
const valued: Record<string, string> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  b: 'cookie',
  A: 'user-agent',
  e: 'referer',
  o: 'output',
  m: 'max-time',
  x: 'proxy',
  E: 'cert',
  c: 'cookie-jar',
  w: 'write-out',
  T: 'upload-file',
  r: 'range',
  K: 'config',
};
const longValued = new Set([
  ...Object.values(valued),
  'url',
  'data-raw',
  'data-binary',
  'data-ascii',
  'data-urlencode',
  'json',
  'form-string',
  'url-query',
  'connect-timeout',
  'retry',
  'retry-delay',
  'cacert',
  'key',
  'oauth2-bearer',
  'resolve',
  'aws-sigv4',
  'proto',
  'retry-max-time',
]);
const switches: Record<string, string> = {
  G: 'get',
  I: 'head',
  L: 'location',
  k: 'insecure',
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  i: 'include',
  f: 'fail',
  g: 'globoff',
  N: 'no-buffer',
  O: 'remote-name',
};
const secretHeaders =
  /^(authorization|proxy-authorization|cookie|x-api-key|api-key|apikey|x-auth-token|x-access-token|.*-(token|secret|api-key))$/i;

/** `{{` and `{%` of the command are text, not templates. */
const asTemplate = (text: string) =>
  text.includes('{{') || text.includes('{%')
    ? `{% raw %}${text.replaceAll('{% endraw %}', '')}{% endraw %}`
    : text;

interface Option {
  name: string;
  value: string;
}

function readOptions(words: readonly string[], notes: string[]): Option[] {
  const options: Option[] = [];
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = () => {
      index += 1;
      return words[index] ?? '';
    };
    if (word.startsWith('--')) {
      const [name = '', joined] = word.slice(2).split(/=(.*)/s);
      if (longValued.has(name)) options.push({ name, value: joined ?? next() });
      else options.push({ name, value: '' });
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at += 1) {
        const letter = word[at] ?? '';
        const name = valued[letter];
        if (name !== undefined) {
          options.push({ name, value: word.slice(at + 1) || next() });
          break;
        }
        if (switches[letter] === undefined)
          notes.push(`The option -${letter} is not known and was left out.`);
        else options.push({ name: switches[letter], value: '' });
      }
    } else options.push({ name: 'url', value: word });
  }
  return options;
}

function invalid(message: string): never {
  throw new ProblemError('action.invalid', message, { path: 'command' });
}

/** Throws `action.invalid` where it is no cURL command that can be read. */
export function readCurl(command: string, savedBaseUrl: string | undefined): CallOutput<'actions.readCurl'> {
  const notes: string[] = [];
  let words: string[];
  try {
    const read = shellWords(command.trim().replace(/^\$\s+/, ''));
    ({ words } = read);
    if (read.isWindows) notes.push('It was read as a command of the Windows command line.');
  } catch (error) {
    if (error instanceof ShellError) return invalid(error.message);
    throw error;
  }
  if (!/(^|[\\/])curl(\.exe)?$/i.test(words[0] ?? '')) return invalid('A cURL command begins with "curl".');

  const headers: TemplatePair[] = [];
  const data: string[] = [];
  const form: TemplatePair[] = [];
  const addedQuery: string[] = [];
  let url: string | undefined;
  let method: string | undefined;
  let isGet = false;
  let isJson = false;

  const takeHeader = (name: string, value: string) => {
    if (secretHeaders.test(name))
      notes.push(`${name} was left out: set it under Authorization of the connection.`);
    else if (isOurs(name)) notes.push(`${name} was left out: Hookbench sets it by itself.`);
    else headers.push({ name, value: asTemplate(value) });
  };
  const takeFile = (what: string) =>
    notes.push(`${what} reads a file and was left out: actions send no files.`);

  for (const { name, value } of readOptions(words, notes)) {
    switch (name) {
      case 'url':
        if (url === undefined) url = value;
        else notes.push('Only the first URL was taken.');
        break;
      case 'request':
        method = value.toUpperCase();
        break;
      case 'header': {
        const [head = '', text] = value.split(/:(.*)/s);
        if (value.startsWith('@')) takeFile('-H @…');
        else if (text !== undefined && text.trim() !== '') takeHeader(head.trim(), text.trim());
        else if (value.endsWith(';')) takeHeader(value.slice(0, -1).trim(), '');
        break;
      }
      case 'data':
      case 'data-ascii':
      case 'data-binary':
      case 'json':
        if (name === 'json') isJson = true;
        if (value.startsWith('@')) takeFile(`--${name} @…`);
        else data.push(name === 'data-binary' || name === 'json' ? value : value.replace(/[\r\n]/g, ''));
        break;
      case 'data-raw':
        data.push(value);
        break;
      case 'data-urlencode': {
        const found = /^([^=@]*)([=@])(.*)$/s.exec(value);
        if (found?.[2] === '@') takeFile('--data-urlencode …@');
        else if (!found) data.push(encodeURIComponent(value));
        else
          data.push(
            found[1] === ''
              ? encodeURIComponent(found[3] ?? '')
              : `${found[1]}=${encodeURIComponent(found[3] ?? '')}`,
          );
        break;
      }
      case 'url-query':
        addedQuery.push(value);
        break;
      case 'form':
      case 'form-string': {
        const [field = '', text = ''] = value.split(/=(.*)/s);
        if (name === 'form' && /^[@<]/.test(text)) takeFile(`-F ${field}=…`);
        else form.push({ name: field, value: asTemplate(text) });
        break;
      }
      case 'user':
      case 'oauth2-bearer':
        notes.push(
          'User name and password or token were left out: set them under Authorization of the connection.',
        );
        break;
      case 'cookie':
        notes.push('The cookies were left out: they are secrets of a session.');
        break;
      case 'user-agent':
        takeHeader('User-Agent', value);
        break;
      case 'referer':
        takeHeader('Referer', value);
        break;
      case 'get':
        isGet = true;
        break;
      case 'head':
        method ??= 'HEAD';
        break;
      case 'location':
        notes.push('-L was left out: redirects are not followed.');
        break;
      case 'insecure':
        notes.push('-k was left out: certificates are always checked.');
        break;
      case 'proxy':
      case 'cert':
      case 'key':
      case 'cacert':
      case 'resolve':
      case 'upload-file':
      case 'aws-sigv4':
      case 'config':
        notes.push(`--${name} is not supported and was left out.`);
        break;
      default:
      // What only changes how cURL shows or repeats.
    }
  }

  if (url === undefined || url === '') return invalid('The command names no URL.');
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  const secretsTaken = whole.replace(/^(\w+:\/\/)[^/@?#]*@/, '$1');
  if (secretsTaken !== whole)
    notes.push(
      'User name and password in the URL were left out: set them under Authorization of the connection.',
    );
  const target = readTargetUrl(secretsTaken);
  if ('fault' in target) return invalid(`The URL of the command cannot be called: ${target.fault}`);
  const { baseUrl, path } = splitUrl(target.url, savedBaseUrl, notes);
  const queryText = [target.url.search.slice(1), ...(isGet ? data : []), ...addedQuery]
    .filter((part) => part !== '')
    .join('&');
  const query = [...new URLSearchParams(queryText)].map(([name, value]) => ({
    name,
    value: asTemplate(value),
  }));

  const sendsData = !isGet && data.length > 0;
  const wanted = method ?? (isGet ? 'GET' : sendsData || form.length > 0 ? 'POST' : 'GET');
  const known = actionMethod.safeParse(wanted);
  if (!known.success) return invalid(`Actions do not send the method ${wanted.slice(0, 20)}.`);
  if (isJson && !headers.some(({ name }) => name.toLowerCase() === 'accept')) {
    headers.push({ name: 'Accept', value: 'application/json' });
  }
  if (form.length > 0) notes.push('-F sends a multipart form; here it is sent as an ordinary form.');
  const body =
    form.length > 0
      ? ({ kind: 'form', fields: form } as const)
      : bodyOf(sendsData ? data : [], isJson, headers);
  const action: ActionInput = {
    name: `${known.data} ${path === '' ? '/' : path}`.slice(0, 120),
    effect:
      ({ POST: 'creating', PUT: 'updating', PATCH: 'updating' }[
        known.data as string
      ] as ActionInput['effect']) ?? 'custom',
    method: known.data,
    path: asTemplate(path),
    query,
    headers: headers.filter(({ name }) => form.length === 0 || name.toLowerCase() !== 'content-type'),
    body,
  };
  return { action, baseUrl, notes: [...new Set(notes)] };
}

/** Below the saved Base Url the path begins behind it. */
function splitUrl(url: URL, saved: string | undefined, notes: string[]): { baseUrl: string; path: string } {
  const base = saved === undefined ? undefined : readTargetUrl(saved);
  if (base && !('fault' in base)) {
    const folder = base.url.pathname.replace(/\/$/, '');
    if (base.url.origin === url.origin && `${url.pathname}/`.startsWith(`${folder}/`)) {
      return { baseUrl: saved ?? '', path: url.pathname.slice(folder.length) };
    }
    notes.push(`The command calls ${url.origin}; the Base Url of the connection is ${saved}.`);
  }
  return { baseUrl: url.origin, path: url.pathname === '/' ? '' : url.pathname };
}

function bodyOf(data: readonly string[], isJson: boolean, headers: TemplatePair[]): ActionInput['body'] {
  if (data.length === 0) return { kind: 'none' };
  const typeHeader = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  const type = (isJson ? 'application/json' : (typeHeader ?? '')).toLowerCase().split(';')[0]?.trim() ?? '';
  const text = data.join(isJson ? '' : '&');
  const dropType = (plain: string) => {
    const index = headers.findIndex(
      ({ name, value }) => name.toLowerCase() === 'content-type' && value.toLowerCase() === plain,
    );
    if (index >= 0) headers.splice(index, 1);
  };
  if (type === 'application/json' || type.endsWith('+json') || (type === '' && /^\s*[{[]/.test(text))) {
    dropType('application/json');
    return { kind: 'json', template: asTemplate(text) };
  }
  if (type === 'application/xml' || type === 'text/xml' || type.endsWith('+xml')) {
    dropType('application/xml');
    return { kind: 'xml', template: asTemplate(text) };
  }
  if (type === '' || type === 'application/x-www-form-urlencoded') {
    dropType('application/x-www-form-urlencoded');
    return {
      kind: 'form',
      fields: [...new URLSearchParams(text)].map(([name, value]) => ({ name, value: asTemplate(value) })),
    };
  }
  return { kind: 'text', template: asTemplate(text) };
}
