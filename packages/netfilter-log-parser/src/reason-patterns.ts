import type { ReasonRule } from './reason-rule.ts';

/** One wording of one rule. */
export interface ReasonPattern {
  readonly rule: ReasonRule;
  readonly text: RegExp;
  readonly from?: string;
  readonly until?: string;
}

/**
 * Every wording, from nf_conntrack_proto_tcp.c, _udp.c and _icmp.c, nf_conntrack_core.c, tcp_input.c
 * and tcp_timer.c of 4.18 to 7.3. Each begins with `^` and repeats nothing that can match in two
 * ways, so a match takes time in proportion to the text.
 */
export const reasonPatterns: readonly ReasonPattern[] = [
  {
    rule: 'packet-ignored',
    text: /^invalid packet ignored in state (?<state>[A-Z_0-9]+)$/,
    until: '5.11',
  },
  {
    rule: 'packet-ignored',
    text: /^packet \(index (?<index>\d+)\) in dir (?<direction>\d) ignored, state (?<state>[A-Z_0-9]+)$/,
    from: '5.12',
  },
  { rule: 'invalid-state', text: /^invalid state$/, until: '5.18' },
  {
    rule: 'invalid-state',
    text: /^packet \(index (?<index>\d+)\) in dir (?<direction>\d) invalid, state (?<state>[A-Z_0-9]+)$/,
    from: '5.19',
  },
  { rule: 'challenge-ack-ignored', text: /^challenge-ack ignored$/ },
  { rule: 'invalid-rst', text: /^invalid rst$/ },
  {
    rule: 'seq-over-upper-bound',
    text: /^SEQ is over the upper bound \(over the window of the receiver\)$/,
    until: '6.0',
  },
  {
    rule: 'seq-over-upper-bound',
    text: /^SEQ is over upper bound (?<bound>\d+) \(over the window of the receiver\)$/,
    from: '6.1',
  },
  {
    rule: 'seq-under-lower-bound',
    text: /^SEQ is under the lower bound \(already ACKed data retransmitted\)$/,
    until: '6.0',
  },
  {
    rule: 'seq-under-lower-bound',
    text: /^SEQ is under lower bound (?<bound>\d+) \(already ACKed data retransmitted\)$/,
    from: '6.1',
  },
  {
    rule: 'ack-over-upper-bound',
    text: /^ACK is over the upper bound \(ACKed data not seen yet\)$/,
    until: '6.0',
  },
  {
    rule: 'ack-over-upper-bound',
    text: /^ACK is over upper bound (?<bound>\d+) \(ACKed data not seen yet\)$/,
    from: '6.1',
  },
  {
    rule: 'ack-under-lower-bound',
    text: /^ACK is under the lower bound \(possible overly delayed ACK\)$/,
    until: '6.0',
  },
  {
    rule: 'ack-under-lower-bound',
    text: /^ignored ACK under lower bound (?<bound>\d+) \(possible overly delayed\)$/,
    from: '6.1',
  },
  { rule: 'overshoot', text: /^(?<bytes>\d+) bytes more than expected$/, from: '6.0' },
  {
    rule: 'timeout-lowered',
    text: /^packet \(index (?<index>\d+), dir (?<direction>\d)\) response for index (?<lastIndex>\d+) lower timeout to (?<timeout>\d+)$/,
    from: '6.1',
    until: '7.1',
  },
  { rule: 'timeout-lowered', text: /^lowered timeout to (?<timeout>UNACK)$/, from: '7.2' },
  { rule: 'invalid-new', text: /^invalid new$/, from: '6.8' },
  { rule: 'short-packet', text: /^short packet$/ },
  { rule: 'truncated-packet', text: /^truncated(?:\/malformed)? packet$/ },
  { rule: 'bad-checksum', text: /^bad (?:hw icmp |icmp |icmpv6 )?checksum$/ },
  { rule: 'checksum-missing', text: /^(?:checksum missing|invalid checksum coverage)$/ },
  { rule: 'invalid-tcp-flags', text: /^invalid tcp flag combination$/ },
  { rule: 'invalid-icmp-type', text: /^invalid icmp type$/ },
  {
    rule: 'icmp-address-mismatch',
    text: /^outer daddr (?<outer>[0-9a-fA-F.:]+) != inner (?<inner>[0-9a-fA-F.:]+)$/,
  },
  {
    rule: 'table-full',
    text: /^table full(?: in netns (?<netns>\d+))?, dropping packet\.?$/,
  },
  { rule: 'expectation-table-full', text: /^expectation table full$/ },
  {
    rule: 'syn-flooding',
    text: /^(?:request_sock_(?<family>\w+): )?[Pp]ossible SYN flooding on port (?:(?<address>[0-9.]+|\[[0-9a-fA-F.:]+\]):)?(?<port>\d+)\. +(?<action>Sending cookies|Dropping request)\.(?: +Check SNMP counters\.)?$/,
  },
  { rule: 'time-wait-overflow', text: /^time wait bucket table overflow(?: \(CPU\d+\))?$/ },
  { rule: 'too-many-orphans', text: /^too many (?:of )?orphaned sockets$/ },
  { rule: 'tcp-out-of-memory', text: /^out of memory -- consider tuning tcp_mem$/ },
  {
    rule: 'neighbour-table-full',
    text: /^(?<table>\w+): neighbor table overflow!$/,
  },
  { rule: 'messages-suppressed', text: /^(?<count>\d+) callbacks suppressed$/ },
];
