import type { PacketPage } from '../protocol/packets.ts';

/** Rows of a page that is asked for at once. */
export const PAGE_ROWS = 256;

/** Pages that are kept: a few screens around the one in sight, and where the reader has just been. */
const MOST_PAGES = 64;

/** A row of a list, in the page that has it. */
export interface CachedRow {
  readonly page: PacketPage;
  /** Number of the row in the page's arrays. */
  readonly at: number;
}

/** The pages of a list that were asked for. */
export interface PageCache {
  /** Gives a row, or null where its page is not there yet; the page is asked for then. */
  row(row: number): CachedRow | null;
  /** Forgets every page: the list has changed. */
  clear(): void;
  /** Asks for every page anew, and shows what there is until then: its packets are the same. */
  refresh(): void;
  /** Forgets the page that may have grown. */
  dropLast(rows: number): void;
}

/**
 * Keeps the pages that were in sight last.
 *
 * @param load asks for a page.
 * @param onLoad says that a page has come.
 */
export function createPageCache(
  load: (wanted: { first: number; count: number }) => Promise<PacketPage>,
  onLoad: () => void,
): PageCache {
  let pages = new Map<number, PacketPage | null>();
  /** Pages to be shown until they are asked for and have come again. */
  let old = new Map<number, PacketPage>();

  const ask = (number: number): void => {
    const mine = pages;
    mine.set(number, null);
    load({ first: number * PAGE_ROWS, count: PAGE_ROWS }).then(
      (page) => {
        // Asked for before the list changed: it is of no use any more.
        if (mine !== pages || !mine.has(number)) return;
        mine.set(number, page);
        old.delete(number);
        trim();
        onLoad();
      },
      () => mine.delete(number),
    );
  };

  const trim = (): void => {
    for (const number of pages.keys()) {
      if (pages.size <= MOST_PAGES) return;
      pages.delete(number);
    }
  };

  return {
    row: (row) => {
      const number = Math.floor(row / PAGE_ROWS);
      const known = pages.get(number);
      if (known === undefined) ask(number);
      const page = known ?? old.get(number);
      if (page === undefined) return null;
      if (page === known) {
        // The last used is the last to go.
        pages.delete(number);
        pages.set(number, page);
      }
      const at = row - page.first;
      return at < page.length ? { page, at } : null;
    },
    clear: () => {
      pages = new Map();
      old = new Map();
    },
    refresh: () => {
      const shown = [...pages].flatMap(([number, page]) =>
        page === null ? [] : [[number, page] as const],
      );
      old = new Map([...old, ...shown]);
      pages = new Map();
    },
    dropLast: (rows) => {
      const number = Math.floor(rows / PAGE_ROWS);
      const page = pages.get(number);
      if (page !== null && page !== undefined && page.length < PAGE_ROWS) pages.delete(number);
    },
  };
}
