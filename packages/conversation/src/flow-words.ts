/**
 * Words of a flow: address and port of its first end, the same of its second end, and these. What
 * every packet needs is in the first 48 bytes, so that it touches one cache line.
 */
export const WORDS: number = 16;
/** The conversation that the flow is in now, plus 1. */
export const CURRENT: number = 4;
/** What is so for the flow: the bits below. */
export const BITS: number = 5;
/** What is not yet in the conversation's words: the number after what the client, the server sent. */
export const END: number = 6;
/** Packets of the client, then of the server. */
export const SIGHTINGS: number = 8;
/** Time of the last packet; in doubles, 8 a flow. */
export const LAST: number = 5;
/** The client is the second end of the flow, as the flow's bit 0. */
export const CLIENT_IS_SECOND: number = 1;
/** Which end is the client was decided. */
export const IS_ORIENTED: number = 1 << 1;
/** Every packet of the flow is looked at with care: a translation may show, or another conversation. */
export const IS_WATCHED: number = 1 << 2;
/** The client has sent. */
export const HAS_ORIGINAL: number = 1 << 3;
/** The server has sent. */
export const HAS_REPLY: number = 1 << 4;
/** A translation joins it to another flow. */
export const IS_LINKED: number = 1 << 5;
/** Its conversation goes on as such do: the flow's own words are enough to note a packet. */
export const IS_SETTLED: number = 1 << 6;
/** The client sent FIN, not yet in the conversation's words; the bit after it is the server's. */
export const HAS_FIN: number = 1 << 7;
