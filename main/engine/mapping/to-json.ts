// A payload value as JSON text with every number as it was received. Compact without a cap, or pretty and compact up to one.
import { ExactNumber, type PayloadValue } from '../parsing/payload-value.ts';

/** Compact JSON text, exact digits. */
export function toJson(value: PayloadValue): string {
  return JSON.stringify(value);
}

/** JSON text up to `maxChars`; `cut` says that more would follow. Work and memory are bound by the cap, not by the value. */
export function toJsonCapped(value: PayloadValue, maxChars: number): { text: string; cut: boolean } {
  return write(value, maxChars, '');
}

/** As toJsonCapped, indented by two spaces a level. */
export function toPrettyJson(value: PayloadValue, maxChars: number): { text: string; cut: boolean } {
  return write(value, maxChars, '  ');
}

function write(value: PayloadValue, maxChars: number, indent: string): { text: string; cut: boolean } {
  const pieces: string[] = [];
  let length = 0;
  const separator = indent === '' ? ':' : ': ';

  function put(piece: string): void {
    pieces.push(piece);
    length += piece.length;
  }
  function full(): boolean {
    return length > maxChars;
  }
  function putScalar(scalar: null | boolean | number | string | ExactNumber): void {
    if (typeof scalar === 'string') {
      // Two more than fit, so that the closing quote of a text that was cut falls behind the cap.
      const room = maxChars - length + 2;
      put(JSON.stringify(scalar.length > room ? scalar.slice(0, room) : scalar));
    } else {
      put(scalar === null ? 'null' : String(scalar));
    }
  }
  function putMembers(
    open: string,
    close: string,
    count: number,
    level: string,
    member: (i: number, inner: string) => void,
  ) {
    if (count === 0) {
      put(open + close);
      return;
    }
    const inner = level + indent;
    put(open);
    for (let i = 0; i < count && !full(); i++) {
      put(indent === '' ? (i > 0 ? ',' : '') : `${i > 0 ? ',' : ''}\n${inner}`);
      member(i, inner);
    }
    put(indent === '' ? close : `\n${level}${close}`);
  }
  function putValue(at: PayloadValue, level: string): void {
    if (full()) return;
    if (Array.isArray(at)) {
      putMembers('[', ']', at.length, level, (i, inner) => putValue(at[i] as PayloadValue, inner));
    } else if (typeof at === 'object' && at !== null && !(at instanceof ExactNumber)) {
      const keys = Object.keys(at);
      putMembers('{', '}', keys.length, level, (i, inner) => {
        const key = keys[i] as string;
        put(`${JSON.stringify(key)}${separator}`);
        putValue(at[key] as PayloadValue, inner);
      });
    } else {
      putScalar(at);
    }
  }

  putValue(value, '');
  const text = pieces.join('');
  return full() ? { text: text.slice(0, maxChars), cut: true } : { text, cut: false };
}
