/** Bits of an entry's flags column. The first four say which addresses are numbers of the pool. */
export const TEXT_ADDRESS: number = 1 << 0;
export const UNREPLIED: number = 1 << 4;
export const ASSURED: number = 1 << 5;
export const HAS_TIMEOUT: number = 1 << 6;
export const OFFLOAD: number = 1 << 7;
export const HW_OFFLOAD: number = 1 << 8;
/** Two bits: which event, from 1 as in {@link EVENTS}. */
export const EVENT_SHIFT: number = 9;
export const EVENT_MASK: number = 3 << EVENT_SHIFT;
/** The original tuple has ports, ICMP fields or GRE keys; one bit further, the reply tuple. */
export const HAS_PORTS: number = 1 << 11;
export const REPLY_HAS_PORTS: number = 1 << 12;
/** The protocol was printed as `unknown`, whatever its number. */
export const UNNAMED: number = 1 << 13;

/** The events by their number in the flags. */
export const EVENTS = [null, 'NEW', 'UPDATE', 'DESTROY'] as const;
