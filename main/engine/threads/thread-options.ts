// How threads are started. A thread reads foreign bytes, so it gets nothing of the environment, and no flags of the program.
import module from 'node:module';
import { dirname } from 'node:path';

/**
 * For `new Worker`. Where the program keeps compiled code (scripts/compile-cache.mjs), its threads do, too: without it each start of one
 * takes its types away from some hundred files and compiles them anew, twice the work.
 */
export function threadOptions(): { env: Record<string, string>; execArgv: string[] } {
  // It ends with a folder of its own for this version of Node.
  const cache = module.getCompileCacheDir?.();
  return { env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) }, execArgv: [] };
}
