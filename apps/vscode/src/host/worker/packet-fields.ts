import { formatEndpoint } from '@tuplescope/net';
import type { PcapSegment } from '@tuplescope/pcap-reader';
import type { PacketField } from '../../protocol/packets.ts';

/**
 * Lists the fields of a packet's headers by the names that the standards give them; what the packet
 * does not have is left out.
 */
export function packetFields(segment: PcapSegment): PacketField[] {
  const { src, sport, dst, dport, proto, options, checksum } = segment;
  const isTcp = proto === undefined;
  const end = (address: string, port: number): string =>
    isTcp || port > 0 ? formatEndpoint({ address, port }) : address;
  const fields: readonly (readonly [string, string | number | boolean | undefined])[] = [
    ['Time', timeText(segment)],
    ['Interface', segment.interface],
    ['Direction', segment.direction],
    ['Protocol', proto],
    ['Source', src === '' ? undefined : end(src, sport)],
    ['Destination', dst === '' ? undefined : end(dst, dport)],
    ['TTL', segment.ttl],
    ['Identification', segment.ipId],
    ['TOS', segment.tos],
    ["Don't fragment", segment.df],
    ['IP length', segment.ipLength],
    ['Flow label', segment.flowLabel],
    ...(isTcp ? tcpFields(segment) : []),
    ['Checksum', checksum === undefined ? undefined : checksumText(checksum)],
    ['MSS', options?.mss],
    ['Window scale', options?.wscale],
    ['SACK permitted', options?.sackOK],
    ['SACK', options?.sack?.map((block) => block.join('–')).join(', ')],
    ['Time stamps', options?.ts?.join(' ecr ')],
    ['Fast Open', options?.tfo],
    ['Multipath', options?.mptcp],
    ['Other options', options?.other?.join(', ')],
    ['Captured', segment.truncated ? 'not all of it' : undefined],
  ];
  return fields
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => ({ name, value: String(value) }));
}

type Field = readonly [string, string | number | undefined];

function tcpFields({ flags, seq, ack, win, len, urg }: PcapSegment): Field[] {
  return [
    ['Flags', flags],
    ['Sequence number', seq],
    ['Acknowledgement number', ack],
    ['Window', win],
    ['Payload', `${len} bytes`],
    ['Urgent pointer', urg],
  ];
}

function timeText({ at, nanoseconds = 0 }: PcapSegment): string | undefined {
  if (at === null) return undefined;
  const date = new Date(Math.floor(at) * 1000);
  if (Number.isNaN(date.getTime())) return `${at} s`;
  const [whole = ''] = date.toISOString().split('.');
  return `${whole.replace('T', ' ')}.${String(nanoseconds).padStart(9, '0')} UTC`;
}

function checksumText(checksum: NonNullable<PcapSegment['checksum']>): string {
  const hex = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;
  if (checksum.correct) return `${hex(checksum.value)}, correct`;
  return `${hex(checksum.value)}, not computed yet or damaged: ${hex(checksum.expected)} is right`;
}
