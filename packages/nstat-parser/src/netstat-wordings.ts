import { TCP_EXT } from './tcp-ext-wordings.ts';

/** What `netstat -s` says of a counter, `#` for the number, and the counter's name in its group. */
export type Wordings = Readonly<Record<string, string>>;

const FRAGMENTS: Wordings = {
  '# fragments created': 'FragCreates',
  '# fragments failed': 'FragFails',
  '# outgoing packets failed fragmentation': 'FragFails',
  '# fragments received ok': 'FragOKs',
  '# outgoing packets fragmented ok': 'FragOKs',
  '# packet reassembles failed': 'ReasmFails',
  '# packet reassemblies failed': 'ReasmFails',
  '# packets reassembled ok': 'ReasmOKs',
  '# reassemblies required': 'ReasmReqds',
  '# fragments dropped after timeout': 'ReasmTimeout',
};

const PACKETS: Wordings = {
  ...FRAGMENTS,
  '# with invalid addresses': 'InAddrErrors',
  '# incoming packets delivered': 'InDelivers',
  '# incoming packets discarded': 'InDiscards',
  '# with invalid headers': 'InHdrErrors',
  '# total packets received': 'InReceives',
  '# with unknown protocol': 'InUnknownProtos',
  '# outgoing packets dropped': 'OutDiscards',
  '# dropped because of missing route': 'OutNoRoutes',
  '# requests sent out': 'OutRequests',
};

const IP6: Wordings = {
  ...PACKETS,
  '# forwarded': 'OutForwDatagrams',
  '# incoming multicast packets': 'InMcastPkts',
  '# incoming packets with no route': 'InNoRoutes',
  '# with packets too big': 'InTooBigErrors',
  '# with truncated packets': 'InTruncatedPkts',
  '# outgoing multicast packets': 'OutMcastPkts',
};

const ICMP: Wordings = {
  '# ICMP messages received': 'InMsgs',
  '# input ICMP message failed': 'InErrors',
  '# ICMP messages sent': 'OutMsgs',
  '# ICMP messages failed': 'OutErrors',
};

const ICMP_IN: Wordings = {
  'address mask replies: #': 'InAddrMaskReps',
  'address mask request: #': 'InAddrMasks',
  'destination unreachable: #': 'InDestUnreachs',
  'echo replies: #': 'InEchoReps',
  'echo requests: #': 'InEchos',
  'wrong parameters: #': 'InParmProbs',
  'redirects: #': 'InRedirects',
  'source quenches: #': 'InSrcQuenchs',
  'timeout in transit: #': 'InTimeExcds',
  'timestamp reply: #': 'InTimestampReps',
  'timestamp request: #': 'InTimestamps',
};

const ICMP_OUT: Wordings = {
  'address mask replies: #': 'OutAddrMaskReps',
  'address mask requests: #': 'OutAddrMasks',
  'destination unreachable: #': 'OutDestUnreachs',
  'echo replies: #': 'OutEchoReps',
  'echo requests: #': 'OutEchos',
  'wrong parameters: #': 'OutParmProbs',
  'redirect: #': 'OutRedirects',
  'source quench: #': 'OutSrcQuenchs',
  'time exceeded: #': 'OutTimeExcds',
  'timestamp replies: #': 'OutTimestampReps',
  'timestamp requests: #': 'OutTimestamps',
};

/** The same in both directions; the name begins with the direction. */
const ICMP6_BOTH: Wordings = {
  'destination unreachable: #': 'DestUnreachs',
  'echo replies: #': 'EchoReplies',
  'echo requests: #': 'Echos',
  'group member queries: #': 'GroupMembQueries',
  'group member reductions: #': 'GroupMembReductions',
  'group member responses: #': 'GroupMembResponses',
  'parameter problem: #': 'ParmProblems',
  'packets too big: #': 'PktTooBigs',
  'redirects: #': 'Redirects',
  'router advertisement: #': 'RouterAdvertisements',
  'router solicits: #': 'RouterSolicits',
};

const ICMP6_IN: Wordings = {
  'neighbour advertisement: #': 'InNeighborAdvertisements',
  'neighbour solicits: #': 'InNeighborSolicits',
  'received ICMPv6 time exceeded: #': 'InTimeExcds',
};

const ICMP6_OUT: Wordings = {
  'neighbor advertisements: #': 'OutNeighborAdvertisements',
  'neighbor solicits: #': 'OutNeighborSolicits',
  'sent ICMPv6 time exceeded: #': 'OutTimeExcds',
};

const TCP: Wordings = {
  '# active connections openings': 'ActiveOpens',
  '# active connection openings': 'ActiveOpens',
  '# failed connection attempts': 'AttemptFails',
  '# connections established': 'CurrEstab',
  '# connection resets received': 'EstabResets',
  '# bad segments received': 'InErrs',
  '# segments received': 'InSegs',
  '# resets sent': 'OutRsts',
  '# segments send out': 'OutSegs',
  '# segments sent out': 'OutSegs',
  '# passive connection openings': 'PassiveOpens',
  '# segments retransmited': 'RetransSegs',
  '# segments retransmitted': 'RetransSegs',
};

const UDP: Wordings = {
  '# packets received': 'InDatagrams',
  '# packet receive errors': 'InErrors',
  '# packets to unknown port received': 'NoPorts',
  '# packets sent': 'OutDatagrams',
  '# receive buffer errors': 'RcvbufErrors',
  '# send buffer errors': 'SndbufErrors',
};

const SCTP: Wordings = {
  '# Number of Aborteds': 'Aborteds',
  '# Active Associations': 'ActiveEstabs',
  '# Number of Packets with invalid Checksum': 'ChecksumErrors',
  '# Current Associations': 'CurrEstab',
  '# Number of messages fragmented': 'FragUsrMsgs',
  '# Number of control chunks received': 'InCtrlChunks',
  '# Number of ordered chunks received': 'InOrderChunks',
  '# Number of SCTP packets received': 'InSCTPPacks',
  '# Number of Unordered chunks received': 'InUnorderChunks',
  '# Number of control chunks sent': 'OutCtrlChunks',
  '# Number of Out of Blue packets': 'OutOfBlues',
  '# Number of ordered chunks sent': 'OutOrderChunks',
  '# Number of SCTP packets sent': 'OutSCTPPacks',
  '# Number of Unordered chunks sent': 'OutUnorderChunks',
  '# Passive Associations': 'PassiveEstabs',
  '# Number of messages reassembled': 'ReasmUsrMsgs',
  '# Number of Graceful Terminations': 'Shutdowns',
};

/** The tables by group; an ICMP histogram is a group with its direction behind it. */
const TABLES: readonly (readonly [table: string, group: string, wordings: Wordings])[] = [
  ['Ip', 'Ip', { ...PACKETS, '# forwarded': 'ForwDatagrams' }],
  ['Ip6', 'Ip6', IP6],
  ['Icmp', 'Icmp', ICMP],
  ['IcmpIn', 'Icmp', ICMP_IN],
  ['IcmpOut', 'Icmp', ICMP_OUT],
  ['Icmp6', 'Icmp6', ICMP],
  ['Icmp6In', 'Icmp6', { ...prefixed('In', ICMP6_BOTH), ...ICMP6_IN }],
  ['Icmp6Out', 'Icmp6', { ...prefixed('Out', ICMP6_BOTH), ...ICMP6_OUT }],
  ['Tcp', 'Tcp', TCP],
  ['Tcp6', 'Tcp', TCP],
  ['Udp', 'Udp', UDP],
  ['Udp6', 'Udp6', UDP],
  ['TcpExt', 'TcpExt', TCP_EXT],
  ['Sctp', 'Sctp', SCTP],
];

const BY_TABLE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  TABLES.map(([table, group, wordings]) => [
    table,
    new Map(Object.entries(prefixed(group, wordings))),
  ]),
);

/** Names by sentence alone; null where two counters share the sentence. */
const BY_WORDING: ReadonlyMap<string, string | null> = unambiguous();

/**
 * Gives the name of the counter that a sentence of `netstat -s` speaks of, or null where it is not
 * known: statistics.c of net-tools 1.60 to 2.10.
 *
 * @param wording the sentence with `#` for the number, its closing full stop left off.
 * @example
 * counterOfWording('Tcp', '', '# segments retransmitted') // 'TcpRetransSegs'
 * counterOfWording('Icmp', 'Out', 'echo replies: #') // 'IcmpOutEchoReps'
 */
export function counterOfWording(
  group: string,
  histogram: '' | 'In' | 'Out',
  wording: string,
): string | null {
  const plain = BY_TABLE.get(group)?.get(wording);
  return plain ?? BY_TABLE.get(`${group}${histogram}`)?.get(wording) ?? null;
}

/**
 * Gives the name of the counter that a sentence speaks of where its group is not known, or null
 * where none or more than one could be meant.
 *
 * @example
 * counterOfLoneWording('# segments retransmitted') // 'TcpRetransSegs'
 * counterOfLoneWording('# packets received') // null, Udp or Udp6
 */
export function counterOfLoneWording(wording: string): string | null {
  return BY_WORDING.get(wording) ?? null;
}

function prefixed(prefix: string, wordings: Wordings): Wordings {
  const named = Object.entries(wordings).map(([wording, name]) => [wording, `${prefix}${name}`]);
  return Object.fromEntries(named);
}

function unambiguous(): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const wordings of BY_TABLE.values()) {
    for (const [wording, name] of wordings) {
      const known = names.get(wording);
      names.set(wording, known === undefined || known === name ? name : null);
    }
  }
  return names;
}
