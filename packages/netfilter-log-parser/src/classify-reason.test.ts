import { describe, expect, it } from 'vitest';
import { classifyReason } from './classify-reason.ts';
import { parseNetfilterLog } from './parse-netfilter-log.ts';

describe('classifyReason', () => {
  const until = (version: string): object => ({ from: null, until: version });
  const from = (version: string): object => ({ from: version, until: null });
  const always = { from: null, until: null };
  const state = 'SYN_SENT';
  const cases: [text: string, rule: string, values: object, versions: object][] = [
    [`invalid packet ignored in state ${state} `, 'packet-ignored', { state }, until('5.11')],
    [
      'packet (index 3) in dir 1 ignored, state SYN_SENT',
      'packet-ignored',
      { index: 3, direction: 1, state },
      from('5.12'),
    ],
    ['invalid state', 'invalid-state', {}, until('5.18')],
    [
      'packet (index 4) in dir 0 invalid, state SYN_SENT2',
      'invalid-state',
      { index: 4, direction: 0, state: 'SYN_SENT2' },
      from('5.19'),
    ],
    ['challenge-ack ignored', 'challenge-ack-ignored', {}, always],
    ['invalid rst', 'invalid-rst', {}, always],
    [
      'SEQ is over the upper bound (over the window of the receiver)',
      'seq-over-upper-bound',
      {},
      until('6.0'),
    ],
    [
      'SEQ is over upper bound 66001916 (over the window of the receiver)',
      'seq-over-upper-bound',
      { bound: 66001916 },
      from('6.1'),
    ],
    [
      'SEQ is under the lower bound (already ACKed data retransmitted)',
      'seq-under-lower-bound',
      {},
      until('6.0'),
    ],
    [
      'SEQ is under lower bound 4294964864 (already ACKed data retransmitted)',
      'seq-under-lower-bound',
      { bound: 4294964864 },
      from('6.1'),
    ],
    [
      'ACK is over the upper bound (ACKed data not seen yet)',
      'ack-over-upper-bound',
      {},
      until('6.0'),
    ],
    [
      'ACK is over upper bound 1 (ACKed data not seen yet)',
      'ack-over-upper-bound',
      { bound: 1 },
      from('6.1'),
    ],
    [
      'ACK is under the lower bound (possible overly delayed ACK)',
      'ack-under-lower-bound',
      {},
      until('6.0'),
    ],
    [
      'ignored ACK under lower bound 7 (possible overly delayed)',
      'ack-under-lower-bound',
      { bound: 7 },
      from('6.1'),
    ],
    ['3312 bytes more than expected', 'overshoot', { bytes: 3312 }, from('6.0')],
    [
      'packet (index 2, dir 1) response for index 4 lower timeout to 300',
      'timeout-lowered',
      { index: 2, direction: 1, lastIndex: 4, timeout: 300 },
      { from: '6.1', until: '7.1' },
    ],
    ['lowered timeout to UNACK', 'timeout-lowered', { timeout: 'UNACK' }, from('7.2')],
    ['invalid new', 'invalid-new', {}, from('6.8')],
    ['short packet', 'short-packet', {}, always],
    ['truncated packet', 'truncated-packet', {}, always],
    ['truncated/malformed packet', 'truncated-packet', {}, always],
    ['bad checksum', 'bad-checksum', {}, always],
    ['bad hw icmp checksum', 'bad-checksum', {}, always],
    ['invalid tcp flag combination', 'invalid-tcp-flags', {}, always],
    ['invalid icmp type', 'invalid-icmp-type', {}, always],
    [
      'outer daddr 10.0.0.1 != inner 10.0.0.2',
      'icmp-address-mismatch',
      { outer: '10.0.0.1', inner: '10.0.0.2' },
      always,
    ],
    ['table full, dropping packet', 'table-full', {}, always],
    [
      'table full in netns 4026532281, dropping packet',
      'table-full',
      { netns: 4026532281 },
      always,
    ],
    ['expectation table full', 'expectation-table-full', {}, always],
    ['time wait bucket table overflow', 'time-wait-overflow', {}, always],
  ];

  for (const [text, rule, values, versions] of cases) {
    it(`knows "${text.trim()}"`, () => {
      expect(classifyReason(text)).toEqual({ rule, values, versions });
    });
  }

  it('knows the SYN flood messages of old and new kernels', () => {
    const values = (text: string): unknown => classifyReason(text)?.values;
    const cookies = { port: 15001, action: 'Sending cookies' };
    expect(values('possible SYN flooding on port 15001. Sending cookies.')).toEqual(cookies);
    expect(
      values('request_sock_TCP: Possible SYN flooding on port 15001. Sending cookies. '),
    ).toEqual({ ...cookies, family: 'TCP' });
    expect(
      values(
        'request_sock_TCPv6: Possible SYN flooding on port 15001. Dropping request.  Check SNMP counters.',
      ),
    ).toEqual({ port: 15001, action: 'Dropping request', family: 'TCPv6' });
    expect(
      values('request_sock_TCP: Possible SYN flooding on port [::]:15001. Sending cookies.'),
    ).toEqual({ ...cookies, family: 'TCP', address: '[::]' });
    expect(
      values('request_sock_TCP: Possible SYN flooding on port 127.0.0.1:15001. Sending cookies.'),
    ).toEqual({ ...cookies, family: 'TCP', address: '127.0.0.1' });
  });

  it('gives null for what no kernel says', () => {
    expect(classifyReason('')).toBeNull();
    expect(classifyReason('invalid rst or so')).toBeNull();
  });
});

describe('the kernel messages without a packet', () => {
  const lines: [line: string, prefix: string, reason: string][] = [
    ['nf_conntrack: table full, dropping packet', 'nf_conntrack: ', 'table full, dropping packet'],
    [
      'nf_conntrack: nf_conntrack: table full, dropping packet.',
      'nf_conntrack: nf_conntrack: ',
      'table full, dropping packet.',
    ],
    ['nf_conntrack: expectation table full', 'nf_conntrack: ', 'expectation table full'],
    ['TCP: time wait bucket table overflow', 'TCP: ', 'time wait bucket table overflow'],
    ['net_ratelimit: 12 callbacks suppressed', 'net_ratelimit: ', '12 callbacks suppressed'],
    [
      'neighbour: arp_cache: neighbor table overflow!',
      'neighbour: ',
      'arp_cache: neighbor table overflow!',
    ],
    [
      'TCP: request_sock_TCP: Possible SYN flooding on port 15001. Sending cookies.  Check SNMP counters.',
      'TCP: ',
      'request_sock_TCP: Possible SYN flooding on port 15001. Sending cookies.  Check SNMP counters.',
    ],
  ];

  for (const [line, prefix, reason] of lines) {
    it(`give a record with a reason: ${line}`, () => {
      const table = parseNetfilterLog(`[   12.5] ${line}\n`);
      expect(table.diagnostics).toEqual([]);
      expect([...table]).toEqual([
        {
          at: null,
          prefix,
          in: null,
          out: null,
          src: null,
          dst: null,
          len: null,
          ttl: null,
          ipId: null,
          proto: null,
          sport: null,
          dport: null,
          flags: null,
          win: null,
          reason,
          uptime: 12.5,
          source: { line: 1, start: 0, end: '[   12.5] '.length + line.length },
        },
      ]);
    });
  }

  it('of no matter here are no record', () => {
    const table = parseNetfilterLog(
      '[1.0] TCP: Hash tables configured (established 131072 bind 65536)',
    );
    expect(table.length).toBe(0);
  });
});
