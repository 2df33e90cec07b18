import type { LoggedPacket, NetfilterLogRecord } from '../netfilter-log-record.ts';

/** The flag words in the order in which LOG prints them, by our letter. */
const FLAG_WORDS = [
  ['e', 'AE'],
  ['W', 'CWR'],
  ['E', 'ECE'],
  ['U', 'URG'],
  ['A', 'ACK'],
  ['P', 'PSH'],
  ['R', 'RST'],
  ['S', 'SYN'],
  ['F', 'FIN'],
] as const;

/** Writes a record as the kernel prints it, each field followed by a blank. */
export function renderLogLine(record: Omit<NetfilterLogRecord, 'source'>): string {
  const { prefix, reason, in: input, out, physin, physout, mac, uid, gid, mark } = record;
  const stamp = record.uptime === undefined ? '' : `[${record.uptime.toFixed(6).padStart(12)}] `;
  return [
    stamp,
    prefix,
    reason === null ? '' : `${reason} `,
    `IN=${input ?? ''} OUT=${out ?? ''} `,
    field('PHYSIN=', physin),
    field('PHYSOUT=', physout),
    input === null ? '' : `MAC=${mac?.header ?? ''} `,
    renderPacket(record),
    uid === undefined ? '' : `UID=${uid} GID=${gid} `,
    mark === undefined ? '' : `MARK=0x${mark.toString(16)} `,
  ].join('');
}

function renderPacket(packet: LoggedPacket): string {
  return `${packet.src?.includes(':') ? renderIpv6(packet) : renderIpv4(packet)}${renderTransport(packet)}`;
}

function renderIpv4(packet: LoggedPacket): string {
  const tos = packet.tos ?? 0;
  return [
    `SRC=${packet.src} DST=${packet.dst} LEN=${packet.len} `,
    `TOS=0x${hex(tos & 0x1e)} PREC=0x${hex(tos & 0xe0)} TTL=${packet.ttl} ID=${packet.ipId} `,
    packet.ce ? 'CE ' : '',
    packet.df ? 'DF ' : '',
    packet.mf ? 'MF ' : '',
    packet.fragment === undefined ? '' : `FRAG:${packet.fragment / 8} `,
    packet.ipOptions === undefined ? '' : `OPT (${packet.ipOptions}) `,
  ].join('');
}

function renderIpv6(packet: LoggedPacket): string {
  const { src, dst, len, tos, ttl, flowLabel, fragment, fragmentId, mf } = packet;
  const header = `SRC=${inFull(src)} DST=${inFull(dst)} LEN=${len} TC=${tos} HOPLIMIT=${ttl} FLOWLBL=${flowLabel} `;
  if (fragment === undefined) return header;
  const id = (fragmentId ?? 0).toString(16).padStart(8, '0');
  return `${header}FRAG:${fragment} ${mf ? 'INCOMPLETE ' : ''}ID:${id} `;
}

function renderTransport(packet: LoggedPacket): string {
  const proto = `PROTO=${packet.proto} `;
  if ((packet.fragment ?? 0) > 0) return proto;
  if (packet.incomplete !== undefined) return `${proto}INCOMPLETE [${packet.incomplete} bytes] `;
  const ports = `SPT=${packet.sport} DPT=${packet.dport} `;
  switch (packet.proto) {
    case 'TCP':
      return `${proto}${ports}${renderTcp(packet)}`;
    case 'UDP':
    case 'UDPLITE':
      return `${proto}${ports}LEN=${packet.udpLength} `;
    case 'ICMP':
    case 'ICMPv6':
      return `${proto}${renderIcmp(packet)}`;
    case 'AH':
    case 'ESP':
      return `${proto}SPI=0x${packet.spi?.toString(16)} `;
    default:
      return proto;
  }
}

function renderTcp({ seq, ack, win, res, flags, urgp, tcpOptions }: LoggedPacket): string {
  const words = FLAG_WORDS.filter(([letter]) => flags?.includes(letter)).map(
    ([, word]) => `${word} `,
  );
  return [
    seq === undefined ? '' : `SEQ=${seq} ACK=${ack} `,
    `WINDOW=${win} RES=0x${(res ?? 0).toString(16).padStart(2, '0')} `,
    ...words,
    `URGP=${urgp} `,
    tcpOptions === undefined ? '' : `OPT (${tcpOptions}) `,
  ].join('');
}

function renderIcmp({ icmp }: LoggedPacket): string {
  return [
    `TYPE=${icmp?.type} CODE=${icmp?.code} `,
    icmp?.id === undefined ? '' : `ID=${icmp.id} SEQ=${icmp.seq} `,
    field('GATEWAY=', icmp?.gateway),
    icmp?.inner === undefined ? '' : `[${renderPacket(icmp.inner)}] `,
    icmp?.mtu === undefined ? '' : `MTU=${icmp.mtu} `,
  ].join('');
}

function field(key: string, value: string | undefined): string {
  return value === undefined ? '' : `${key}${value} `;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** `fd00::1` as `fd00:0000:0000:0000:0000:0000:0000:0001`, the kernel's %pI6. */
function inFull(address: string | null): string {
  const [head = '', tail] = (address ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = new Array<string>(8 - front.length - back.length).fill('0');
  return [...front, ...zeros, ...back].map((group) => group.padStart(4, '0')).join(':');
}
