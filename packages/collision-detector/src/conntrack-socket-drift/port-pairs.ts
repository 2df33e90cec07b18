/**
 * A set of pairs of ports. Millions of connections fit in it as numbers: what has the same two ports
 * and other addresses is taken for the same, so that what is not in it is surely nowhere.
 */
export class PortPairs {
  readonly #pairs = new Set<number>();

  /** Adds a pair; one that lacks a port is none. */
  add(one: number | null, other: number | null): void {
    if (one !== null && other !== null) this.#pairs.add((one << 16) | other);
  }

  /** Says whether a pair is in it. */
  has(one: number | null, other: number | null): boolean {
    return one !== null && other !== null && this.#pairs.has((one << 16) | other);
  }
}
