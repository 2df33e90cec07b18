import { type FieldRule, fixed, oneOf } from './field-rule.ts';

const STATES: Readonly<Record<string, string>> = {
  NONE: 'Nothing was seen yet.',
  SYN_SENT:
    'conntrack saw a SYN and no answer that counts. It keeps the entry for 120 seconds after the last SYN (nf_conntrack_tcp_timeout_syn_sent).',
  SYN_SENT2: 'Both sides sent a SYN at the same time.',
  SYN_RECV:
    'A SYN was answered by a SYN/ACK; the entry lives 60 seconds more unless the ACK comes.',
  ESTABLISHED: 'The handshake was seen whole, or picked up in the middle. The entry lives 5 days.',
  FIN_WAIT: 'One side sent a FIN; the entry lives 120 seconds after the last packet.',
  CLOSE_WAIT:
    'The FIN of one side was acknowledged, the other side still sends. The entry lives only 60 seconds after the last packet, though the sockets may stay half-closed for as long as they like.',
  LAST_ACK: 'Both sides sent a FIN; the entry lives 30 seconds.',
  TIME_WAIT: 'Both sides are done; the entry lives 120 seconds.',
  CLOSE: 'A RST ended the connection; the entry lives 10 seconds.',
};

/** The fields of `conntrack` and of /proc/net/nf_conntrack, in the order in which they are tried. */
export const CONNTRACK_FIELDS: readonly FieldRule[] = [
  {
    pattern: /(?<=\b(?:tcp|udp|sctp|dccp|udplite|icmp|icmpv6)\s+\d+\s+)(\d+)(?=\s)/g,
    explain: ([seconds]) => ({
      text: 'Seconds until conntrack forgets this connection, unless another packet comes: {0}.',
      values: [seconds ?? ''],
    }),
  },
  oneOf(
    {
      UNREPLIED: 'No packet in the answer’s direction was accepted so far.',
      ASSURED: 'The entry is kept when the table is full: answers and more were seen.',
      OFFLOAD: 'A flow table forwards the packets; conntrack does not see each.',
      HW_OFFLOAD: 'The network card forwards the packets; conntrack does not see them.',
      NEW: 'The entry was made by the first packet.',
      UPDATE: 'The state of the entry changed.',
      DESTROY: 'The entry is gone: it expired, or was deleted.',
    },
    (words) => `\\[(${words})\\]`,
  ),
  oneOf(STATES),
  fixed(
    /\b(?:src|dst|sport|dport)=\S+/g,
    'Each entry has two tuples: first that of the packets that opened it, before NAT, then the one that answers are expected to carry. Where the second is not the first turned round, NAT changed the packets.',
  ),
  fixed(/\bmark=\d+/g, 'The connection’s mark, set by rules.'),
  fixed(/\buse=\d+/g, 'How many parts of the kernel hold the entry.'),
  fixed(/\bzone(?:-orig|-reply)?=\d+/g, 'Entries of different zones may have equal tuples.'),
  fixed(/\bpackets=\d+/g, 'Packets seen in this direction.'),
  fixed(/\bbytes=\d+/g, 'Bytes seen in this direction, with the IP header.'),
  fixed(/\bid=\d+/g, 'The number of the entry, as long as it lives.'),
];
