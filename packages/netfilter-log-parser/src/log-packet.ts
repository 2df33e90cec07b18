import type { LoggedIcmp, LoggedMac, NetfilterLogRecord } from './netfilter-log-record.ts';

/** A type whose fields can be filled one by one. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What few packets have, as the record will show it. */
export type RareFields = Partial<Writable<Omit<NetfilterLogRecord, 'mac' | 'icmp'>>> & {
  mac?: Writable<LoggedMac>;
  icmp?: Writable<LoggedIcmp>;
};

/** Bits of `LogPacket.bits`. */
export const CE = 1;
export const DF = 2;
export const MF = 4;
export const TRUNCATED = 8;
export const CUT = 16;

/** What a packet's `PROTO=` says, as far as it decides how the fields behind it are read. */
export const NO_PROTOCOL = 0;
export const TCP = 1;
export const UDP = 2;
export const ICMP = 3;
export const ICMP6 = 4;
export const IPSEC = 5;
export const OTHER_PROTOCOL = 6;

/**
 * The fields of one packet as they are read: filled anew for each line, so that a million lines
 * need one object. Numbers that were not printed are -1, texts are offsets, equal where not printed.
 */
export class LogPacket {
  srcStart = 0;
  srcEnd = 0;
  dstStart = 0;
  dstEnd = 0;
  len = -1;
  ttl = -1;
  ipId = -1;
  tos = -1;
  /** The bits of `TOS=`, which are half of the byte; `PREC=` has the others. */
  tosBits = -1;
  bits = 0;
  protocol: number = NO_PROTOCOL;
  protoStart = 0;
  protoEnd = 0;
  sport = -1;
  dport = -1;
  seq = -1;
  ack = -1;
  win = -1;
  res = -1;
  /** TCP flag bits as in the header. */
  flags = 0;
  urgp = -1;
  tcpOptionsStart = 0;
  tcpOptionsEnd = 0;
  udpLength = -1;
  macStart = 0;
  macEnd = 0;
  uid = -1;
  gid = -1;
  mark = -1;
  /** `[` opened and its `]` has not come. */
  isOpen = false;
  rare: RareFields | null = null;

  /** Forgets the last packet. */
  clear(): void {
    this.srcStart = 0;
    this.srcEnd = 0;
    this.dstStart = 0;
    this.dstEnd = 0;
    this.len = -1;
    this.ttl = -1;
    this.ipId = -1;
    this.tos = -1;
    this.tosBits = -1;
    this.bits = 0;
    this.protocol = NO_PROTOCOL;
    this.protoStart = 0;
    this.protoEnd = 0;
    this.sport = -1;
    this.dport = -1;
    this.seq = -1;
    this.ack = -1;
    this.win = -1;
    this.res = -1;
    this.flags = 0;
    this.urgp = -1;
    this.tcpOptionsStart = 0;
    this.tcpOptionsEnd = 0;
    this.udpLength = -1;
    this.macStart = 0;
    this.macEnd = 0;
    this.uid = -1;
    this.gid = -1;
    this.mark = -1;
    this.isOpen = false;
    this.rare = null;
  }

  /** The rare fields, made when the first is set. */
  rarely(): RareFields {
    this.rare ??= {};
    return this.rare;
  }
}
