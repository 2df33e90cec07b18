/** Which packets of a capture belong together: connections that followed each other on the same ends. */
export interface LineageIndex {
  /** Gives the number of a packet's group, from 0; null where it is in none. */
  of(n: number): number | null;
  /** Gives the numbers of the packets of some groups, ascending. */
  numbersOf(lineages: Iterable<number>): Uint32Array;
  /** Says how many packets a group has. */
  sizeOf(lineage: number): number;
}

/**
 * Makes an index of one number a packet, and one a group. A second list, ordered by group, would be
 * faster to ask, and as large again; to look through five million packets takes some milliseconds.
 *
 * @param byNumber for each packet, the first at 0, its group's number plus 1; 0 is none.
 * @param lineages how many groups there are.
 */
export function lineageIndex(byNumber: Uint32Array, lineages: number): LineageIndex {
  const sizes = new Uint32Array(lineages + 1);
  for (const lineage of byNumber) sizes[lineage] = (sizes[lineage] ?? 0) + 1;
  sizes[0] = 0;
  const sizeOf = (lineage: number): number => sizes[lineage + 1] ?? 0;
  return {
    of: (n) => {
      const lineage = byNumber[n - 1] ?? 0;
      return lineage === 0 ? null : lineage - 1;
    },
    numbersOf: (wanted) => {
      const isWanted = new Uint8Array(sizes.length);
      let length = 0;
      for (const lineage of new Set(wanted)) {
        if (sizeOf(lineage) === 0) continue;
        length += sizeOf(lineage);
        isWanted[lineage + 1] = 1;
      }
      const numbers = new Uint32Array(length);
      let found = 0;
      for (let at = 0; found < length; at++) {
        if (isWanted[byNumber[at] as number] === 1) numbers[found++] = at + 1;
      }
      return numbers;
    },
    sizeOf,
  };
}
