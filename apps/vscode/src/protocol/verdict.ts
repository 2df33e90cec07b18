/** The words of conntrack for a packet, by their numbers; 0 is a packet that was not judged. */
export const CTSTATES = ['', 'NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED'] as const;

// A verdict is a byte, so that millions of packets have one: bits 0 to 2 are the word.

const WORD = 0b111;

/** The kernel would not have done what the capture shows. */
export const UNEXPECTED: number = 1 << 3;

/** The kernel that it is compared with has the same word, and says something else of the packet. */
export const OTHERWISE: number = 1 << 4;

/**
 * Makes a verdict.
 *
 * @example
 * verdictOf('INVALID', true) // 4
 */
export function verdictOf(ctstate: (typeof CTSTATES)[number], isExpected: boolean): number {
  return CTSTATES.indexOf(ctstate) | (isExpected ? 0 : UNEXPECTED);
}

/** Gives the word of a verdict; empty where there is none. */
export function ctstateOf(verdict: number | undefined): string {
  return CTSTATES[(verdict ?? 0) & WORD] ?? '';
}

/** Gives the number of a verdict's word. */
export function wordOf(verdict: number | undefined): number {
  return (verdict ?? 0) & WORD;
}

/** Whether two kernels treat a packet differently; not where one of them says nothing of it. */
export function differs(verdict: number | undefined, other: number | undefined): boolean {
  if (wordOf(verdict) === 0 || wordOf(other) === 0) return false;
  const isSame = (((verdict ?? 0) ^ (other ?? 0)) & (WORD | UNEXPECTED)) === 0;
  return !isSame || ((other ?? 0) & OTHERWISE) !== 0;
}
