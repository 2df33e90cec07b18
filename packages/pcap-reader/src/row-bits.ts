// What is so in a row: bits of the column `bits`.

/** The capture holds less of the packet than the wire carried. */
export const IS_TRUNCATED: number = 1;
/** The first of several fragments: `payload` counts the bytes of this one. */
export const IS_FIRST_FRAGMENT: number = 1 << 1;
/** The record says when the packet was captured. */
export const HAS_TIME: number = 1 << 2;
/** The capture holds the link header. */
export const HAS_LINK: number = 1 << 3;
/** The capture ends before the window of the TCP header. */
export const LACKS_WINDOW: number = 1 << 4;
/** The capture ends before the urgent pointer of the TCP header. */
export const LACKS_URGENT: number = 1 << 5;
/** The capture ends before the packet does by its own length. */
export const LACKS_PAYLOAD: number = 1 << 6;
