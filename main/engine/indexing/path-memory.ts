// What one mapped path yielded lately, and whether that differs from what it used to yield. Pure; bounded counters only.
//
// The rules, which docs/drift.md tells people:
// - A path is known after 10 calls of one event type. Nothing is said before.
// - vanished: 9 of 10 earlier calls had a value, and none of the newest 5 has one. Over when 3 of the newest 5 have one.
// - rare: 9 of 10 earlier calls had a value, and at most half of the newest 20 have one. Over at 8 of 10 again.
// - changedType: 9 of 10 earlier values had one type, and each of the newest 5 has another. Over when 3 of the newest 5 fit again.
// While a path drifts it learns nothing, so that what is wrong does not become what is usual. Null counts as no value.
import type { DriftKind, ValueType } from '#contract';

/** One letter for what a path yielded in a call; `-` for nothing. */
export type KindLetter = string;

const types: Record<string, ValueType> = { t: 'text', n: 'number', b: 'boolean', o: 'object', l: 'list' };

export interface PathMemory {
  /** Calls before the newest ones, by letter. */
  learned: Record<KindLetter, number>;
  /** The newest calls, the newest last. */
  recent: string;
  drift?: PathDrift;
}

export interface PathDrift {
  kind: DriftKind;
  typeBefore?: ValueType;
  typeNow?: ValueType;
  before: { calls: number; present: number };
  since: number;
  captureId: string;
}

const recentCalls = 20;
const newestCalls = 5;
const enoughBack = 3;
const learnedEnough = 10;
const usual = 0.9;
const rareShare = 0.5;
const oftenAgain = 0.8;
/** Beyond it the counters are halved, so that old calls count less and less. */
const mostLearned = 1_000;

export const emptyMemory = (): PathMemory => ({ learned: {}, recent: '' });

/** The memory after one more call. `call` is what a drift that begins here is told with. */
export function remember(
  before: PathMemory,
  letter: KindLetter,
  call: { at: number; captureId: string },
): PathMemory {
  const recent = before.recent + letter;
  const memory: PathMemory = {
    learned: before.learned,
    recent,
    ...(before.drift && { drift: before.drift }),
  };
  if (memory.drift && isOver(memory, memory.drift)) delete memory.drift;
  if (!memory.drift) {
    const begun = begins(memory);
    if (begun) memory.drift = { ...begun, since: call.at, captureId: call.captureId };
  }
  const surplus = recent.length - recentCalls;
  if (surplus <= 0) return memory;
  memory.recent = recent.slice(surplus);
  if (!memory.drift) memory.learned = learn(before.learned, recent.slice(0, surplus));
  return memory;
}

function begins(memory: PathMemory): Omit<PathDrift, 'since' | 'captureId'> | undefined {
  const { recent } = memory;
  if (recent.length < newestCalls) return undefined;
  const newest = recent.slice(-newestCalls);
  const earlier = count(learn(memory.learned, recent.slice(0, -newestCalls)));
  const wasUsual = ({ calls, present }: { calls: number; present: number }) =>
    calls >= learnedEnough && present >= calls * usual;
  if (wasUsual(earlier)) {
    const before = { calls: earlier.calls, present: earlier.present };
    const isMain = earlier.main !== undefined && earlier.mainCount >= earlier.present * usual;
    const typeBefore = isMain && earlier.main ? types[earlier.main] : undefined;
    if (presentIn(newest) === 0) return { kind: 'vanished', before, ...(typeBefore && { typeBefore }) };
    if (typeBefore && presentIn(newest) === newestCalls && !newest.includes(earlier.main ?? '')) {
      const now = count(learn({}, newest)).main;
      const typeNow = now === undefined ? undefined : types[now];
      return { kind: 'changedType', before, typeBefore, ...(typeNow && { typeNow }) };
    }
  }
  const long = count(memory.learned);
  if (recent.length >= recentCalls && wasUsual(long)) {
    const lately = recent.slice(-recentCalls);
    if (presentIn(lately) <= recentCalls * rareShare)
      return { kind: 'rare', before: { calls: long.calls, present: long.present } };
  }
  return undefined;
}

function isOver(memory: PathMemory, drift: PathDrift): boolean {
  const newest = memory.recent.slice(-newestCalls);
  if (drift.kind === 'vanished') return presentIn(newest) >= enoughBack;
  if (drift.kind === 'rare') {
    const lately = memory.recent.slice(-recentCalls);
    return presentIn(lately) >= lately.length * oftenAgain;
  }
  return [...newest].filter((letter) => types[letter] === drift.typeBefore).length >= enoughBack;
}

/** How many of the newest calls had a value. */
export function recentOf(memory: PathMemory): { calls: number; present: number } {
  return { calls: memory.recent.length, present: presentIn(memory.recent) };
}

function presentIn(letters: string): number {
  return [...letters].filter((letter) => Object.hasOwn(types, letter)).length;
}

function learn(learned: Record<KindLetter, number>, letters: string): Record<KindLetter, number> {
  const next = { ...learned };
  for (const letter of letters) next[letter] = (next[letter] ?? 0) + 1;
  if (count(next).calls <= mostLearned) return next;
  return Object.fromEntries(Object.entries(next).map(([letter, times]) => [letter, Math.floor(times / 2)]));
}

function count(learned: Record<KindLetter, number>) {
  let calls = 0;
  let present = 0;
  let main: string | undefined;
  let mainCount = 0;
  for (const [letter, times] of Object.entries(learned)) {
    calls += times;
    if (!Object.hasOwn(types, letter)) continue;
    present += times;
    if (times > mainCount) {
      main = letter;
      mainCount = times;
    }
  }
  return { calls, present, main, mainCount };
}
