import type { Compared } from '../protocol/packets.ts';

/** What is said of the packets in sight. */
export interface SentenceCache {
  /** Gives the sentence of a packet; empty until it has come, and where nothing is said. */
  of(n: number): string;
  /** Asks soon about packets that nothing is known of; of many calls the last one counts. */
  ask(numbers: readonly number[]): void;
  /** Forgets all: another kernel explains. */
  restart(): void;
}

/** A rest in scrolling that lets a question begin, in milliseconds: rows come first. */
const PAUSE = 50;

/** Packets of which sentences are kept. */
const MOST_KEPT = 8192;

/**
 * Asks for the sentences of the packets in sight, one question at a time: who scrolls past thousands
 * asks about those where the scrolling ends.
 *
 * @param load asks about packets by their numbers.
 * @param onLoad says that an answer has come.
 */
export function createSentenceCache(
  load: (numbers: Uint32Array) => Promise<Compared<readonly string[]>>,
  onLoad: () => void,
): SentenceCache {
  let known = new Map<number, string>();
  let isAsking = false;
  let waiting: readonly number[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const next = (): void => {
    if (isAsking) return;
    const numbers = waiting.filter((n) => !known.has(n));
    waiting = [];
    if (numbers.length === 0) return;
    const mine = known;
    isAsking = true;
    load(Uint32Array.from(numbers))
      .then(({ own }) => {
        if (mine !== known || own === null) return;
        for (const [i, n] of numbers.entries()) mine.set(n, own[i] ?? '');
        for (const n of mine.keys()) if (mine.size > MOST_KEPT) mine.delete(n);
        onLoad();
      })
      .catch(() => undefined)
      .finally(() => {
        isAsking = false;
        next();
      });
  };

  return {
    of: (n) => known.get(n) ?? '',
    ask: (numbers) => {
      waiting = numbers;
      clearTimeout(timer);
      timer = setTimeout(next, PAUSE);
    },
    restart: () => {
      known = new Map();
      onLoad();
    },
  };
}
