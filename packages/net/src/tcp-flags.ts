/** FIN, bit 0 of the TCP flags (RFC 9293 section 3.1). */
export const FIN = 0x01;
/** SYN, bit 1. */
export const SYN = 0x02;
/** RST, bit 2. */
export const RST = 0x04;
/** PSH, bit 3. */
export const PSH = 0x08;
/** ACK, bit 4. */
export const ACK = 0x10;
/** URG, bit 5. */
export const URG = 0x20;
/** ECE, bit 6 (RFC 3168 section 6.1). */
export const ECE = 0x40;
/** CWR, bit 7 (RFC 3168 section 6.1). */
export const CWR = 0x80;
/** AE, bit 8, the former NS (RFC 9768 section 3). */
export const AE = 0x100;

/** One letter for each flag in the order F S R P A U E W e: ECE is E, CWR is W, AE is e. */
const LETTERS = 'FSRPAUEWe';

/**
 * Writes TCP flags as letters in the order F S R P A U E W e.
 *
 * @param flags bits 0 to 8 of the TCP header's flags.
 * @example
 * formatTcpFlags(0x12) // 'SA'
 */
export function formatTcpFlags(flags: number): string {
  let letters = '';
  for (let bit = 0; bit < LETTERS.length; bit++) {
    if (flags & (1 << bit)) letters += LETTERS[bit];
  }
  return letters;
}

/**
 * Reads TCP flags from letters in any order, with tcpdump's `.` for ACK, or null where a letter is
 * no flag.
 *
 * @example
 * parseTcpFlags('S.') // 0x12
 */
export function parseTcpFlags(letters: string): number | null {
  let flags = 0;
  for (const letter of letters) {
    const bit = LETTERS.indexOf(letter === '.' ? 'A' : letter);
    if (bit < 0) return null;
    flags |= 1 << bit;
  }
  return flags;
}
