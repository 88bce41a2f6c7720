// Lays JSON out in lines without reading its values, so that every digit and every key stays as it was sent. Pure.

/** Undefined where `text` is no JSON (also where it was cut), or is laid out already. */
export function prettyJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    // No JSON: shown as it is.
    return undefined;
  }
  const pretty = layOut(text);
  return pretty === text.trim() ? undefined : pretty;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function layOut(text: string): string {
  const found = text.match(tokens) ?? [];
  let depth = 0;
  let out = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [index, token] of found.entries()) {
    const next = found[index + 1];
    if (token === '{' || token === '[') {
      out += token;
      if (next === '}' || next === ']') continue;
      depth += 1;
      out += line();
    } else if (token === '}' || token === ']') {
      const before = found[index - 1];
      if (before !== '{' && before !== '[') {
        depth -= 1;
        out += line();
      }
      out += token;
    } else if (token === ',') {
      out += token + line();
    } else if (token === ':') {
      out += ': ';
    } else {
      out += token;
    }
  }
  return out;
}
