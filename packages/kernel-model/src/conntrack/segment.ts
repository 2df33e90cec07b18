/** The segment has no window scale option. */
export const NO_SCALE = -1;

/** Nothing is wrong with the header, as far as conntrack looks. */
export const WELL_FORMED = 0;
/** Fewer than 20 bytes of TCP. */
export const SHORT = 1;
/** Shorter than its header says. */
export const TRUNCATED = 2;
/** The checksum is wrong. */
export const BAD_CHECKSUM = 3;

/** Addresses are their 32 bits. */
export const IPV4 = 4;
/** Addresses are numbers of an address book. */
export const IPV6 = 6;

/**
 * A TCP segment in numbers: what the tracker's inner loop reads.
 *
 * One object may be filled again for each packet. Ports are 16 bits; addresses and sequence numbers
 * are 32 bits, signed or not.
 */
export interface Segment {
  /** Seconds, on one clock for all packets. */
  at: number;
  /** IPV4 or IPV6. */
  family: number;
  src: number;
  dst: number;
  sport: number;
  dport: number;
  /** Conntrack zone, 0 where nobody set one. */
  zone: number;
  /** The flag byte of the TCP header. */
  flags: number;
  seq: number;
  ack: number;
  /** The window as on the wire. */
  win: number;
  /** Payload in bytes. */
  len: number;
  /** The header carries options, whatever they are. */
  hasOptions: boolean;
  /** The shift count of the window scale option, or NO_SCALE. */
  wscale: number;
  sackPermitted: boolean;
  /** How many right edges of the first SACK option are in `sackEdges`, 0 to 4. */
  sackBlocks: number;
  readonly sackEdges: number[];
  /** WELL_FORMED, SHORT, TRUNCATED or BAD_CHECKSUM. */
  malformed: number;
  /** It was received, and is seen at PREROUTING; otherwise it is sent by this host, at OUTPUT. */
  received: boolean;
  /** Interface that it came in by, or leaves by; empty where nobody asks. Read by NAT rules only. */
  interface: string;
  /** User id of the process that sends it, or -1. Read by NAT rules only. */
  owner: number;
}

/**
 * Makes an empty segment to be filled.
 *
 * @example
 * createSegment().family // 4
 */
export function createSegment(): Segment {
  return {
    at: 0,
    family: IPV4,
    src: 0,
    dst: 0,
    sport: 0,
    dport: 0,
    zone: 0,
    flags: 0,
    seq: 0,
    ack: 0,
    win: 0,
    len: 0,
    hasOptions: false,
    wscale: NO_SCALE,
    sackPermitted: false,
    sackBlocks: 0,
    sackEdges: [0, 0, 0, 0],
    malformed: WELL_FORMED,
    received: true,
    interface: '',
    owner: -1,
  };
}
