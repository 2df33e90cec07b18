import { ACK, FIN, RST, SYN } from '@tuplescope/net';

// Classes of segments: rows of the transition table, and the `index` of the kernel's messages.

/** SYN without ACK. */
export const CLASS_SYN = 0;
/** SYN with ACK. */
export const CLASS_SYNACK = 1;
/** FIN. */
export const CLASS_FIN = 2;
/** ACK with none of the others. */
export const CLASS_ACK = 3;
/** RST, whatever else is set. */
export const CLASS_RST = 4;
/** None of these flags; also what an entry that saw nothing has seen last. */
export const CLASS_NONE = 5;

/**
 * Puts a segment into its class by its flags.
 *
 * RST decides first, then SYN (with ACK it is a class of its own), then FIN, then ACK.
 *
 * @param flags the flag byte of the TCP header.
 */
export function segmentClass(flags: number): number {
  if (flags & RST) return CLASS_RST;
  if (flags & SYN) return flags & ACK ? CLASS_SYNACK : CLASS_SYN;
  if (flags & FIN) return CLASS_FIN;
  return flags & ACK ? CLASS_ACK : CLASS_NONE;
}
