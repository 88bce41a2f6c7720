// The page that a window shows when the engine does not run: reason, what to do, the end of the log. A pure function of
// facts to markup, without script. Threat: log lines may hold text of strangers, so every value is escaped.
import { noncePlaceholder } from '../content-policy.ts';
import { appOrigin } from './security-rules.ts';
import { text } from './text.ts';

export interface EngineFailure {
  /** A code of the engine's start errors, or `crashed`. */
  code: string;
  /** What happened, why, and what to do. */
  message: string;
  /** The last lines that the engine wrote, oldest first. */
  logTail: readonly string[];
  /** The newest backup, where the store is damaged. */
  backup?: { name: string; at: string };
}

/** The colours of renderer/design/tokens.css, which this page must do without. */
const style = `
  :root { color-scheme: light dark; --paper: #ffffff; --ink: #2e3543; --soft: #5c6576; --line: #e3e6ed; --accent: #4a46c9; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #15181f; --ink: #cfd3dd; --soft: #9aa2b2; --line: #272c37; --accent: #aab0fb; }
  }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
  main { max-width: 720px; margin: 0 auto; padding: 64px 24px; }
  h1 { font-size: 20px; margin: 0 0 16px; }
  h2 { font-size: 14px; margin: 32px 0 8px; }
  .soft { color: var(--soft); }
  pre { border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow: auto; max-height: 320px;
    font: 12.5px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
  a { display: inline-block; padding: 8px 16px; border: 1px solid var(--accent); border-radius: 8px;
    color: var(--accent); text-decoration: none; }
  a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`;

/** Text for markup: also control, bidi and zero-width characters become visible as their code points. */
export function escapeText(value: string): string {
  return value
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/(?!\n|\t)[\p{Cc}\p{Cf}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** A whole HTML document with the nonce placeholder in its style element. */
export function failurePage(failure: EngineFailure, dataDir: string): string {
  const log = failure.logTail.length > 0 ? failure.logTail.join('\n') : text.failure.noLog;
  // The engine's own refusals say what to do; a crash cannot.
  const advice = failure.code === 'crashed' ? `<p>${text.failure.crashAdvice}</p>\n` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${text.name}</title>
<style nonce="${noncePlaceholder}">${style}</style>
</head>
<body>
<main>
<h1>${text.failure.heading}</h1>
<p role="alert">${escapeText(failure.message)}</p>
${advice}<p class="soft">${text.failure.kept}</p>
<p class="soft">${text.failure.folder}: ${escapeText(dataDir)}</p>
<p><a href="${appOrigin}/">${text.failure.again}</a></p>
<h2>${text.failure.log}</h2>
<pre tabindex="0">${escapeText(log)}</pre>
</main>
</body>
</html>`;
}
