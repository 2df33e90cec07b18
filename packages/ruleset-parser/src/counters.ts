/** How many packets met a rule or a chain's policy. */
export interface Counters {
  /** Packets. */
  readonly packets: number;
  /** Bytes, IP headers included. */
  readonly bytes: number;
}

/**
 * Reads two decimal counts, or gives null where either is no number or over 2^53 - 1 and would lose
 * digits.
 *
 * @example
 * readCounters('1', '60') // { packets: 1, bytes: 60 }
 */
export function readCounters(packets: string, bytes: string): Counters | null {
  const counters = { packets: readCount(packets), bytes: readCount(bytes) };
  return counters.packets < 0 || counters.bytes < 0 ? null : counters;
}

function readCount(text: string): number {
  if (text === '' || text.length > 20) return -1;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
  }
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : -1;
}
