import type { Cursor } from './cursor.ts';

/** Which clock a stamp is of. */
export const NO_STAMP = 0;
export const EPOCH = 1;
export const TIME_OF_DAY = 2;
export const ELAPSED = 3;

/** Number fields are -1, and ranges empty, where the text does not say. */
export interface PacketDraft {
  /** Packet number that `-#` prints. */
  number: number;
  /** One of NO_STAMP, EPOCH, TIME_OF_DAY, ELAPSED. */
  clock: number;
  /** Seconds on that clock. */
  seconds: number;

  /** Range of the interface name, and of the direction's word. */
  interfaceStart: number;
  interfaceEnd: number;
  directionStart: number;
  directionEnd: number;
  /** Range of what `-e` prints, from the first MAC address to the last `ethertype`. */
  linkStart: number;
  linkEnd: number;

  /** Protocol number in the IP header, with -v. */
  protocol: number;
  tos: number;
  ttl: number;
  ipId: number;
  /** 1 for the flag DF, 0 without it. */
  df: number;
  ipLength: number;
  flowLabel: number;
  /** The packet or the line is cut: `truncated-ip`, `[|tcp]`. */
  truncated: boolean;

  /** Ranges of the two addresses, and their numbers if they are IPv4. */
  srcStart: number;
  srcEnd: number;
  srcIpv4: number;
  dstStart: number;
  dstEnd: number;
  dstIpv4: number;
  /** Ports, -1 without one, 0 for a name that is not known; and the ranges of names. */
  sport: number;
  sportStart: number;
  sportEnd: number;
  dport: number;
  dportStart: number;
  dportEnd: number;

  quiet: boolean;
  flags: number;
  checksum: number;
  /** What the checksum should be; -1 where it is correct. */
  expectedChecksum: number;
  seq: number;
  /** The second number of `seq 1:6`. */
  seqEnd: number;
  ack: number;
  win: number;
  urg: number;
  len: number;
  /** Range of the options between their brackets. */
  optionsStart: number;
  optionsEnd: number;
  mss: number;
  wscale: number;
  sackOK: boolean;
  tsValue: number;
  tsEcho: number;
  /** There are options that have no column of their own. */
  hasOtherOptions: boolean;
  /** tcpdump stopped in the options: they are malformed, or the capture ends there. */
  isUnfinished: boolean;
  /** Range of the text after the length. */
  payloadStart: number;
  payloadEnd: number;

  /** The numbers count from the connection's start. */
  relative: boolean;
  absoluteSeq: number;
  absoluteAck: number;
  /** What SACK edges count from: add it for the number on the wire. */
  sackBase: number;
  /** An absolute number rests on a SYN, not on a printed number. */
  restsOnSyn: boolean;

  /** What was expected where reading failed, and the place. */
  wanted: string;
  wantedAt: number;
}

/** Makes a draft with nothing said. */
export function newDraft(): PacketDraft {
  return {
    number: -1,
    clock: NO_STAMP,
    seconds: 0,
    interfaceStart: 0,
    interfaceEnd: 0,
    directionStart: 0,
    directionEnd: 0,
    linkStart: 0,
    linkEnd: 0,
    protocol: -1,
    tos: -1,
    ttl: -1,
    ipId: -1,
    df: -1,
    ipLength: -1,
    flowLabel: -1,
    truncated: false,
    srcStart: 0,
    srcEnd: 0,
    srcIpv4: -1,
    dstStart: 0,
    dstEnd: 0,
    dstIpv4: -1,
    sport: -1,
    sportStart: 0,
    sportEnd: 0,
    dport: -1,
    dportStart: 0,
    dportEnd: 0,
    quiet: false,
    flags: 0,
    checksum: -1,
    expectedChecksum: -1,
    seq: -1,
    seqEnd: -1,
    ack: -1,
    win: -1,
    urg: -1,
    len: -1,
    optionsStart: 0,
    optionsEnd: -1,
    mss: -1,
    wscale: -1,
    sackOK: false,
    tsValue: -1,
    tsEcho: -1,
    hasOtherOptions: false,
    isUnfinished: false,
    payloadStart: 0,
    payloadEnd: 0,
    relative: false,
    absoluteSeq: -1,
    absoluteAck: -1,
    sackBase: -1,
    restsOnSyn: false,
    wanted: '',
    wantedAt: 0,
  };
}

/** Forgets all of the packet before. */
export function resetDraft(draft: PacketDraft): void {
  resetLine(draft);
  resetHeader(draft);
  resetSegment(draft);
}

function resetLine(draft: PacketDraft): void {
  draft.number = -1;
  draft.clock = NO_STAMP;
  draft.seconds = 0;
  draft.interfaceStart = 0;
  draft.interfaceEnd = 0;
  draft.directionStart = 0;
  draft.directionEnd = 0;
  draft.linkStart = 0;
  draft.linkEnd = 0;
}

/** Forgets the IP header: that of a tunnel says nothing of the packet inside. */
export function resetHeader(draft: PacketDraft): void {
  draft.protocol = -1;
  draft.tos = -1;
  draft.ttl = -1;
  draft.ipId = -1;
  draft.df = -1;
  draft.ipLength = -1;
  draft.flowLabel = -1;
  draft.truncated = false;
}

function resetSegment(draft: PacketDraft): void {
  draft.srcStart = 0;
  draft.srcEnd = 0;
  draft.srcIpv4 = -1;
  draft.dstStart = 0;
  draft.dstEnd = 0;
  draft.dstIpv4 = -1;
  draft.sport = -1;
  draft.sportStart = 0;
  draft.sportEnd = 0;
  draft.dport = -1;
  draft.dportStart = 0;
  draft.dportEnd = 0;
  draft.quiet = false;
  draft.flags = 0;
  draft.checksum = -1;
  draft.expectedChecksum = -1;
  draft.seq = -1;
  draft.seqEnd = -1;
  draft.ack = -1;
  draft.win = -1;
  draft.urg = -1;
  draft.len = -1;
  draft.optionsStart = 0;
  draft.optionsEnd = -1;
  draft.mss = -1;
  draft.wscale = -1;
  draft.sackOK = false;
  draft.tsValue = -1;
  draft.tsEcho = -1;
  draft.hasOtherOptions = false;
  draft.isUnfinished = false;
  draft.payloadStart = 0;
  draft.payloadEnd = 0;
  draft.relative = false;
  draft.absoluteSeq = -1;
  draft.absoluteAck = -1;
  draft.sackBase = -1;
  draft.restsOnSyn = false;
  draft.wanted = '';
  draft.wantedAt = 0;
}

/** Notes what was expected here; gives false, for `return fail(…)`. */
export function fail(draft: PacketDraft, cursor: Cursor, wanted: string): false {
  return failAt(draft, cursor.at, wanted);
}

/** Notes what was expected at an offset. */
export function failAt(draft: PacketDraft, at: number, wanted: string): false {
  draft.wanted = wanted;
  draft.wantedAt = at;
  return false;
}
