// Turns a problem of the contract into the words of a notice: the headline says what failed, the message says why and what to do.
import type { Problem } from '#contract';
import { text } from '../text/en.ts';

/** `what` names what was tried ("The data source was not created."); without it the kind of problem gives the headline. */
export function problemWords(problem: Problem, what?: string): { what: string; why: string } {
  return { what: what ?? text.problems[headlineOf(problem)], why: problem.message };
}

/** What is wrong with the field at `path`: the message without the name of the path, because it stands at that field. */
export function problemAt(problem: Problem | undefined, path: string): string | undefined {
  if (problem?.path !== path) return undefined;
  const named = `"${path}": `;
  return problem.message.startsWith(named) ? problem.message.slice(named.length) : problem.message;
}

function headlineOf(problem: Problem): keyof typeof text.problems {
  if (problem.code === 'link.closed' || problem.code === 'engine.stopping') return 'engineAway';
  if (problem.code === 'store.unavailable') return 'store';
  if (problem.code.endsWith('.missing')) return 'missing';
  if (problem.code === 'tunnel.failed') return 'tunnel';
  if (problem.code === 'internal') return 'internal';
  return 'refused';
}
