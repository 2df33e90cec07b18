// What is so in a row: bits of the column `bits`.

/** The addresses are IPv6: numbers of the table of addresses. */
export const IS_IPV6: number = 1;
/** The row is a TCP segment. */
export const IS_TCP: number = 1 << 1;
/** The capture holds less of the packet than the wire carried. */
export const IS_TRUNCATED: number = 1 << 2;
/** The first of several fragments: `length` counts the bytes of this one. */
export const IS_FIRST_FRAGMENT: number = 1 << 3;
/** The record says when the packet was captured. */
export const HAS_TIME: number = 1 << 4;
/** The packet has an IP header, and with it addresses. */
export const HAS_IP: number = 1 << 5;
/** The capture ends before the window of the TCP header. */
export const LACKS_WINDOW: number = 1 << 6;
/** The capture ends before the urgent pointer of the TCP header. */
export const LACKS_URGENT: number = 1 << 7;
/** The capture holds the link header. */
export const HAS_LINK: number = 1 << 8;
/** The capture ends before the packet does by its own length. */
export const LACKS_PAYLOAD: number = 1 << 9;
