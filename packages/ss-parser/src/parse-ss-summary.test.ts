import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseSsSummary } from './parse-ss-summary.ts';
import type { SsSummary } from './ss-summary.ts';
import { readFixture } from './testing/read-fixture.ts';

describe('parseSsSummary', () => {
  it('reads what ss prints since 4.18', () => {
    const text = readFixture('collision/ss-s.txt');
    expect(parseSsSummary(text)).toEqual({
      total: 9,
      tcp: { total: 19, estab: 0, closed: 17, orphaned: 0, timewait: 2 },
      transports: {
        RAW: { total: 0, ip: 0, ipv6: 0 },
        UDP: { total: 0, ip: 0, ipv6: 0 },
        TCP: { total: 2, ip: 2, ipv6: 0 },
        INET: { total: 2, ip: 2, ipv6: 0 },
        FRAG: { total: 0, ip: 0, ipv6: 0 },
      },
      source: { line: 1, start: 0, end: text.trimEnd().length },
    });
  });

  it('reads what older ones print, under a prompt', () => {
    const text =
      '$ ss -s\nTotal: 180 (kernel 0)\nTCP:   9 (estab 2, closed 3, orphaned 0, synrecv 1, timewait 2/5), ports 4\n\nTransport Total     IP        IPv6\n*\t  0         -         -        \nRAW\t  1         0         1        \n';
    expect(parseSsSummary(text)).toMatchObject({
      total: 180,
      kernelTotal: 0,
      tcp: { total: 9, synrecv: 1, timewait: 2, kernelTimewait: 5, ports: 4 },
      transports: { '*': { total: 0, ip: null, ipv6: null }, RAW: { ipv6: 1 } },
      source: { line: 2 },
    });
  });

  it('gives null for anything else', () => {
    expect(parseSsSummary('Total: many\n')).toBeNull();
    expect(parseSsSummary(readFixture('incident/ss-naoep.txt'))).toBeNull();
  });

  it('is typed', () => {
    expectTypeOf(parseSsSummary).returns.toEqualTypeOf<SsSummary | null>();
  });
});
