import { parseIpv6 } from '@tuplescope/net';
import type { SocketSegment } from '../tcp/reaction.ts';
import { optionBytes } from './option-bytes.ts';

/** What a line of the kernel log says of a packet. */
export interface LogPacket {
  readonly segment: SocketSegment;
  /** Device by which it came; empty for what this host sends. */
  readonly in: string;
  /** Device by which it leaves, as routed before NAT. */
  readonly out: string;
  /** Sequence numbers, options and user, as conntrack's own messages have them and LOG by default not. */
  readonly full: boolean;
  /** User of the sending socket, which only a full line names. */
  readonly uid: number | null;
}

/** Both hardware addresses of lo; those of eth0 a simulation does not know. */
const LOOPBACK_MAC = Array.from({ length: 12 }, () => '00').join(':');

const FLAGS: readonly (readonly [letter: string, name: string])[] = [
  ['W', 'CWR'],
  ['E', 'ECE'],
  ['U', 'URG'],
  ['A', 'ACK'],
  ['P', 'PSH'],
  ['R', 'RST'],
  ['S', 'SYN'],
  ['F', 'FIN'],
];

/**
 * Writes what the kernel logs of a TCP packet (nf_log_ipv4, nf_log_ipv6), after the prefix and with the
 * blank at its end.
 *
 * @example
 * formatLogPacket({ segment, in: '', out: 'eth0', full: false, uid: null })
 * // 'IN= OUT=eth0 SRC=172.29.73.7 DST=172.21.206.198 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=44410 DPT=7777 WINDOW=0 RES=0x00 RST URGP=0 '
 */
export function formatLogPacket(packet: LogPacket): string {
  const { segment, full, uid } = packet;
  const options = optionBytes(segment.options);
  const tcp = 20 + options.length + segment.len;
  const flags = FLAGS.filter(([letter]) => segment.flags.includes(letter)).map(([, name]) => name);
  const numbers = full ? [`SEQ=${segment.seq}`, `ACK=${segment.ack ?? 0}`] : [];
  const hex = options.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
  return [
    `IN=${packet.in}`,
    `OUT=${packet.out}`,
    ...(packet.in === 'lo' ? [`MAC=${LOOPBACK_MAC}:${isIpv6(segment) ? '86:dd' : '08:00'}`] : []),
    ...ipWords(segment, tcp),
    'PROTO=TCP',
    `SPT=${segment.sport}`,
    `DPT=${segment.dport}`,
    ...numbers,
    `WINDOW=${segment.win}`,
    'RES=0x00',
    ...flags,
    'URGP=0',
    ...(full && hex !== '' ? [`OPT (${hex})`] : []),
    ...(full && uid !== null ? [`UID=${uid}`, `GID=${uid}`] : []),
    '',
  ].join(' ');
}

function isIpv6({ src }: SocketSegment): boolean {
  return src.includes(':');
}

function ipWords({ src, dst, ipId = 0 }: SocketSegment, tcp: number): string[] {
  if (src.includes(':')) {
    const ends = [`SRC=${everyGroup(src)}`, `DST=${everyGroup(dst)}`];
    return [...ends, `LEN=${40 + tcp}`, 'TC=0', 'HOPLIMIT=64', 'FLOWLBL=0'];
  }
  const ends = [`SRC=${src}`, `DST=${dst}`];
  return [...ends, `LEN=${20 + tcp}`, 'TOS=0x00', 'PREC=0x00', 'TTL=64', `ID=${ipId}`, 'DF'];
}

/** The kernel's log shortens no IPv6 address. */
function everyGroup(address: string): string {
  const groups = parseIpv6(address) ?? [];
  return groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
}
