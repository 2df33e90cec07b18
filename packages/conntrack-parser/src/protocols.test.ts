import { describe, expect, it } from 'vitest';
import { parseConntrack } from './parse-conntrack.ts';
import { readFixture } from './testing/read-fixture.ts';

const text = parseConntrack(readFixture('protocols.txt'));
const byProto = (proto: string, row = 0) => [...text].filter((e) => e.proto === proto)[row];

describe('the protocols of the text form', () => {
  it('are all read, without a word', () => {
    expect(text.diagnostics).toEqual([]);
    expect([...text].map(({ proto, protonum }) => `${proto} ${protonum}`)).toEqual([
      'udp 17',
      'udplite 136',
      'icmp 1',
      'icmpv6 58',
      'sctp 132',
      'dccp 33',
      'gre 47',
      'unknown 50',
      'tcp 6',
      'tcp 6',
      'tcp 6',
    ]);
  });

  it('udp: unreplied, counted, in a zone', () => {
    expect(byProto('udp')).toMatchObject({
      state: null,
      unreplied: true,
      zone: 7,
      orig: { sport: 5353, dport: 53, packets: 1, bytes: 60 },
      reply: { sport: 53, dport: 5353, packets: 0, bytes: 0 },
    });
  });

  it('udplite: a zone for each direction, and the largest mark', () => {
    const entry = byProto('udplite');
    expect(entry).toMatchObject({ zone: null, orig: { zone: 3 }, reply: { zone: 4 } });
    expect(entry?.mark).toBe(4294967295);
  });

  it('icmp: the identifier of each tuple, and the id of the entry', () => {
    expect(byProto('icmp')).toMatchObject({
      id: 77,
      type: 8,
      code: 0,
      icmpId: 3105,
      orig: { sport: null, dport: null, type: 8, code: 0, icmpId: 3105 },
      reply: { sport: null, dport: null, type: 0, code: 0, icmpId: 3106 },
    });
  });

  it('icmpv6: IPv6 by its addresses', () => {
    expect(byProto('icmpv6')).toMatchObject({ l3: 'ipv6', type: 128, reply: { type: 129 } });
  });

  it('sctp and dccp: states of their own', () => {
    expect([byProto('sctp')?.state, byProto('dccp')?.state]).toEqual(['COOKIE_WAIT', 'REQUEST']);
  });

  it('gre: keys instead of ports, and a helper', () => {
    expect(byProto('gre')).toMatchObject({
      helper: 'pptp',
      orig: { sport: null, srckey: 5, dstkey: 65535 },
      reply: { dport: null, srckey: 65535, dstkey: 5 },
    });
  });

  it('unknown: addresses only', () => {
    expect(byProto('unknown')?.orig).toMatchObject({ src: '10.0.0.1', sport: null, dport: null });
  });

  it('tcp, offloaded: no timeout and no state; context and labels', () => {
    expect(byProto('tcp')).toMatchObject({
      offload: 'OFFLOAD',
      timeout: null,
      state: null,
      assured: false,
      secctx: 'system_u:object_r:unlabeled_t:s0',
      labels: ['eins', 'zwei'],
    });
    expect(byProto('tcp', 1)).toMatchObject({
      offload: 'HW_OFFLOAD',
      secmark: 12,
      deltaTime: 4,
      // date -u -d 'Nov 1 2026 22:24:27' +%s
      start: 1793571867,
      stop: 1793571871,
    });
  });

  it('tcp, by a program: its netlink port and name', () => {
    expect(byProto('tcp', 2)).toMatchObject({ event: 'NEW', portid: 3105, progname: 'conntrack' });
  });

  it('leaves out what a line does not have', () => {
    const { at, type, secctx, labels, helper, start, portid, ...rest } = byProto('sctp') ?? {};
    expect([at, type, secctx, labels, helper, start, portid].every((v) => v === undefined)).toBe(
      true,
    );
    expect(Object.keys(rest)).not.toContain('labels');
  });

  it('says unknown where /proc does, whatever the number', () => {
    const proc = parseConntrack(readFixture('protocols-proc.txt'));
    expect(proc.diagnostics).toEqual([]);
    expect(proc.at(1)).toMatchObject({ proto: 'unknown', protonum: 33 });
  });

  it('writes the eight groups of /proc as conntrack writes the address', () => {
    const { orig, l3 } = parseConntrack(readFixture('protocols-proc.txt')).at(0);
    expect([l3, orig.src, orig.dst]).toEqual(['ipv6', 'fd00::1', 'fd00::2']);
  });

  it('are read from -o save too', () => {
    const save = parseConntrack(readFixture('protocols-save.txt'));
    expect(save.diagnostics).toEqual([]);
    expect([...save]).toMatchObject([
      { event: null, proto: 'udp', unreplied: true, zone: 7, timeout: 29 },
      { proto: 'icmp', unreplied: false, type: 8, icmpId: 3105 },
      { event: 'UPDATE', l3: 'ipv6', assured: true, state: 'SYN_RECV', orig: { zone: 3 } },
      { event: 'DESTROY', proto: 'gre', timeout: null, reply: { srckey: 65535, dstkey: 5 } },
      { proto: 'unknown', protonum: 50, secmark: 12 },
    ]);
    const { src, dst, zone } = save.at(2).reply;
    expect([src, dst, zone]).toEqual(['::1', 'fd00::9', 4]);
    // This form does not print the reply's ICMP fields.
    expect(save.at(1).reply).not.toHaveProperty('type');
  });

  it('are read from XML too, on one line or over many', () => {
    const xml = parseConntrack(readFixture('protocols-xml.txt'));
    expect(xml.diagnostics).toEqual([]);
    expect(xml.length).toBe(3);
    expect(xml.at(0)).toMatchObject({
      event: 'NEW',
      proto: 'udp',
      timeout: 29,
      mark: 1337,
      labels: ['eins', 'zwei'],
      secmark: 12,
      zone: 7,
      orig: { zone: 3, sport: 5353 },
      reply: { zone: null, sport: 53 },
      id: 4294967295,
      unreplied: true,
      deltaTime: 4,
      start: 1795386267.6483371,
      stop: 1795386271,
      at: 1795386267,
      helper: 'ftp',
    });
    expect(xml.at(1)).toMatchObject({
      proto: 'gre',
      l3: 'ipv6',
      assured: true,
      orig: { srckey: 5, dstkey: 65535 },
      source: { line: 4 },
    });
    expect(xml.at(2)).toMatchObject({ proto: 'unknown', protonum: 50, source: { line: 27 } });
  });
});
