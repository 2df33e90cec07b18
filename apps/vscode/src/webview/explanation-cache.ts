import type { ExplainedRows } from '../protocol/explanations.ts';
import type { PacketPage } from '../protocol/packets.ts';

/** What is explained of the pages in sight. */
export interface ExplanationCache {
  /** Gives what is explained of a page; null until it has come. */
  of(page: PacketPage): ExplainedRows | null;
  /** Begins to explain, or explains again: by another kernel. */
  restart(): void;
}

/**
 * Asks what is explained of each page once, when it is first shown.
 *
 * @param load asks about packets by their numbers.
 * @param onLoad says that an answer has come.
 */
export function createExplanationCache(
  load: (numbers: Uint32Array) => Promise<ExplainedRows | null>,
  onLoad: () => void,
): ExplanationCache {
  let known: WeakMap<PacketPage, ExplainedRows | null> | null = null;

  return {
    of: (page) => {
      if (known === null) return null;
      const rows = known.get(page);
      if (rows !== undefined) return rows;
      const mine = known;
      mine.set(page, null);
      void load(page.n.slice()).then((answer) => {
        if (mine !== known) return;
        mine.set(page, answer);
        if (answer !== null) onLoad();
      });
      return null;
    },
    restart: () => {
      known = new WeakMap();
      onLoad();
    },
  };
}
