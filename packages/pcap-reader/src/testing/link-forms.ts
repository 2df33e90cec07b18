import { bytesOf, ethernet, ipv4, ipv6, numberBytes, tcp } from './capture-bytes.ts';

/** A packet with a SYN in it, by what stands before the IP header. */
export interface LinkForm {
  readonly name: string;
  /** LINKTYPE_ in the registry of tcpdump.org. */
  readonly linkType: number;
  readonly data: Uint8Array;
  /** tshark does not look so deep, or needs to be told to. */
  readonly notInTshark?: true;
}

const segment = tcp({ options: '020405b4' });
const four = ipv4(segment);
const six = ipv6(segment);
const SNAP = 'aaaa03 000000 0800';
const STATIONS = '020000000001 020000000002 020000000003 1000';

/** Fields of nflog: the prefix, then the packet. */
const nflog = bytesOf(
  '0200 0001',
  '0600 0a00 6100 0000',
  numberBytes(4 + four.length, 2, true),
  '0900',
  four,
);

/** One packet for each link header that is read, and for each thing between it and IP; synthetic. */
export const LINK_FORMS: readonly LinkForm[] = [
  { name: 'Ethernet', linkType: 1, data: ethernet(four) },
  { name: 'Ethernet with IPv6', linkType: 1, data: ethernet(six, '86dd') },
  { name: '802.1Q', linkType: 1, data: ethernet(four, '8100 002a 0800') },
  { name: '802.1ad, two tags', linkType: 1, data: ethernet(four, '88a8 0001 8100 002a 0800') },
  { name: 'two tags of 0x9100', linkType: 1, data: ethernet(four, '9100 0001 8100 002a 0800') },
  { name: 'MPLS', linkType: 1, data: ethernet(four, '8847 00010140') },
  { name: 'MPLS, two labels, IPv6', linkType: 1, data: ethernet(six, '8847 00010040 00011140') },
  { name: 'PPPoE', linkType: 1, data: ethernet(four, '8864 1100 0001 002e 0021') },
  { name: 'PPPoE with IPv6', linkType: 1, data: ethernet(six, '8864 1100 0001 0042 0057') },
  {
    name: '802.3 with SNAP',
    linkType: 1,
    data: ethernet(four, `${(four.length + 8).toString(16).padStart(4, '0')} ${SNAP}`),
  },
  {
    name: 'Linux cooked',
    linkType: 113,
    data: bytesOf('0000 0001 0006 020000000001 0000 0800', four),
  },
  {
    name: 'Linux cooked with a VLAN',
    linkType: 113,
    data: bytesOf('0000 0001 0006 020000000001 0000 8100 002a 0800', four),
  },
  {
    name: 'Linux cooked v2',
    linkType: 276,
    data: bytesOf('86dd 0000 00000002 0001 00 06 020000000001 0000', six),
  },
  { name: 'raw IP', linkType: 101, data: four },
  { name: 'raw IP of BSD', linkType: 12, data: six },
  { name: 'raw IP of OpenBSD', linkType: 14, data: four, notInTshark: true },
  { name: 'IPv4', linkType: 228, data: four },
  { name: 'IPv6', linkType: 229, data: six },
  { name: 'BSD null', linkType: 0, data: bytesOf('02000000', four) },
  { name: 'BSD null, other byte order', linkType: 0, data: bytesOf('00000002', four) },
  { name: 'BSD null with IPv6 of Darwin', linkType: 0, data: bytesOf('1e000000', six) },
  { name: 'BSD loop', linkType: 108, data: bytesOf('00000002', four) },
  { name: 'BSD loop with IPv6', linkType: 108, data: bytesOf('0000001c', six) },
  { name: 'PPP', linkType: 9, data: bytesOf('ff03 0021', four) },
  { name: 'PPP with a short protocol', linkType: 9, data: bytesOf('21', four) },
  {
    name: '802.11 data',
    linkType: 105,
    data: bytesOf(`0801 0000 ${STATIONS} ${SNAP}`, four),
  },
  {
    name: '802.11 QoS data between stations',
    linkType: 105,
    data: bytesOf(`8803 0000 ${STATIONS} 020000000004 0000 ${SNAP}`, four),
  },
  {
    name: 'radiotap',
    linkType: 127,
    data: bytesOf(`0000 0800 00000000 0801 0000 ${STATIONS} ${SNAP}`, four),
  },
  {
    name: 'radiotap with a time, flags, and a padded header',
    linkType: 127,
    data: bytesOf(
      `0000 1200 03000000 0000000000000000 20 00 8801 0000 ${STATIONS} 0000 0000 ${SNAP}`,
      four,
    ),
  },
  {
    name: 'PPI',
    linkType: 192,
    data: bytesOf(`0000 0800 69000000 0801 0000 ${STATIONS} ${SNAP}`, four),
  },
  { name: 'nflog', linkType: 239, data: nflog },
  { name: 'IPv4 with options', linkType: 101, data: withRouterAlert() },
  {
    name: 'IPv6 with hop-by-hop and destination options',
    linkType: 101,
    data: ipv6(bytesOf('3c00 010400000000 0600 010400000000', segment), 0),
  },
  {
    name: 'IPv6 with a routing header',
    linkType: 101,
    data: ipv6(bytesOf('0602 0400 00000000 20010db8000000000000000000000009', segment), 43),
  },
  {
    name: 'IPv6 with an authentication header',
    linkType: 101,
    data: ipv6(bytesOf('0604 0000 00001234 00000001 000000000000000000000000', segment), 51),
  },
  {
    name: 'IPv6 with a fragment header that says it is whole',
    linkType: 101,
    data: ipv6(bytesOf('0600 0000 0000004d', segment), 44),
  },
];

/** The option of RFC 2113. */
function withRouterAlert(): Uint8Array {
  const packet = bytesOf(four.subarray(0, 20), '94040000', four.subarray(20));
  packet[0] = 0x46;
  packet[3] = packet.length;
  return packet;
}
