/** Which packets of a capture belong together: connections that followed each other on the same ends. */
export interface LineageIndex {
  /** Gives the number of a packet's group, from 0; null where it is in none. */
  of(n: number): number | null;
  /** Gives the numbers of a group's packets, ascending. */
  numbersOf(lineage: number): Uint32Array;
  /** Says how many packets a group has. */
  sizeOf(lineage: number): number;
}

/**
 * Makes an index of two numbers a packet, and one a group.
 *
 * @param byNumber for each packet, the first at 0, its group's number plus 1; 0 is none.
 * @param lineages how many groups there are.
 */
export function lineageIndex(byNumber: Uint32Array, lineages: number): LineageIndex {
  const starts = new Uint32Array(lineages + 2);
  for (const lineage of byNumber) starts[lineage + 1] = (starts[lineage + 1] ?? 0) + 1;
  // Packets of no group come first, so that group `i` ends where group `i + 1` begins.
  for (let i = 1; i < starts.length; i++) {
    starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  }
  const next = starts.slice();
  const members = new Uint32Array(byNumber.length);
  for (let at = 0; at < byNumber.length; at++) {
    const lineage = byNumber[at] as number;
    const place = next[lineage] as number;
    members[place] = at + 1;
    next[lineage] = place + 1;
  }
  const from = (lineage: number): number => starts[lineage + 1] ?? 0;
  const to = (lineage: number): number => starts[lineage + 2] ?? from(lineage);
  return {
    of: (n) => {
      const lineage = byNumber[n - 1] ?? 0;
      return lineage === 0 ? null : lineage - 1;
    },
    numbersOf: (lineage) => members.slice(from(lineage), to(lineage)),
    sizeOf: (lineage) => to(lineage) - from(lineage),
  };
}
