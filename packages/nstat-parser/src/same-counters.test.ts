import { describe, expect, it } from 'vitest';
import { parseNstat } from './parse-nstat.ts';
import { readFixture } from './testing/read-fixture.ts';

/** Fields of /proc/net/snmp that are settings or gauges: nstat leaves them out. */
const NEVER_IN_NSTAT = [
  'IpDefaultTTL',
  'IpForwarding',
  'TcpCurrEstab',
  'TcpMaxConn',
  'TcpRtoAlgorithm',
  'TcpRtoMax',
  'TcpRtoMin',
];

type Counters = ReadonlyMap<string, number>;

function read(...files: readonly string[]): Counters {
  const counters = new Map<string, number>();
  for (const file of files) {
    const table = parseNstat(readFixture(file));
    expect(table.diagnostics).toEqual([]);
    for (const { name, value } of table) counters.set(name, value);
  }
  return counters;
}

function sorted(counters: Counters, without: readonly string[] = []): [string, number][] {
  return [...counters].filter(([name]) => !without.includes(name)).sort();
}

/** What each of these tools says of one state of the kernel has to be the same. */
function expectSubset(part: Counters, whole: Counters): void {
  const known = [...part].map(([name]): [string, number] => [name, whole.get(name) ?? Number.NaN]);
  expect([...part]).toEqual(known);
}

describe('one moment of a real kernel', () => {
  const nstat = read('43301/nstat-zas.txt');
  const proc = read(
    '43301/proc_net_snmp.txt',
    '43301/proc_net_snmp6.txt',
    '43301/proc_net_netstat.txt',
  );

  it('has the same counters in /proc/net as in nstat, but for those that nstat never prints', () => {
    expect(sorted(proc, NEVER_IN_NSTAT)).toEqual(sorted(nstat));
    expect(NEVER_IN_NSTAT.filter((name) => proc.has(name) && !nstat.has(name))).toEqual(
      NEVER_IN_NSTAT,
    );
  });

  it('has the same counters in nstat -j and in nstat without -z: those that are not 0', () => {
    const moved = sorted(nstat).filter(([, value]) => value !== 0);
    expect(sorted(read('43301/nstat-as.txt'))).toEqual(moved);
    expect(sorted(read('43301/nstat-asj.json'))).toEqual(moved);
  });

  it('has the same IPv4 counters in netstat -s: all that are not 0, and some that are', () => {
    const netstat = read('43301/netstat-s.txt');
    expectSubset(netstat, proc);
    const moved = [...nstat].filter(([name, value]) => value !== 0 && !name.includes('6'));
    expectSubset(new Map(moved), netstat);
  });

  it('says the counters that the incident is about', () => {
    expect(nstat.get('TcpExtTCPChallengeACK')).toBe(1);
    expect(nstat.get('TcpRetransSegs')).toBe(2);
    expect(proc.get('TcpMaxConn')).toBe(-1);
  });

  it('names every JSON member as JSON.parse does', () => {
    const { kernel } = JSON.parse(readFixture('43301/nstat-asj.json'));
    expect(Object.fromEntries(read('43301/nstat-asj.json'))).toEqual(kernel);
  });
});

describe('one moment of an older kernel', () => {
  it('has the same counters in nstat text, in its JSON, and in /proc/net in one file', () => {
    const nstat = read('5.4.59/nstat-zas.txt');
    const proc = read('5.4.59/proc-snmp-netstat.txt');
    expect(sorted(read('5.4.59/nstat-j.json'))).toEqual(sorted(nstat));
    const ipv4 = [...nstat].filter(([name]) => !/^(Ip|Icmp|Udp|UdpLite)6/.test(name));
    expect(sorted(proc, NEVER_IN_NSTAT)).toEqual(sorted(new Map(ipv4)));
  });
});

describe('every counter, each with a value of its own', () => {
  const proc = read(
    'every-counter/proc-net-snmp.txt',
    'every-counter/proc-net-netstat.txt',
    'every-counter/proc-net-snmp6.txt',
    'every-counter/proc-net-sctp-snmp.txt',
  );
  /** netstat leaves out all but two of what nstat leaves out. */
  const SETTINGS = NEVER_IN_NSTAT.filter(
    (name) => !['IpForwarding', 'TcpCurrEstab'].includes(name),
  );

  it('comes from nstat, as text and as JSON', () => {
    expect(sorted(read('every-counter/nstat-zas.txt'))).toEqual(sorted(proc, NEVER_IN_NSTAT));
    // nstat -j prints 32 bits of a counter that has 64.
    const cut = new Map([...proc].map(([name, value]) => [name, value % 2 ** 32]));
    expect(sorted(read('every-counter/nstat-jpzas.json'))).toEqual(sorted(cut, NEVER_IN_NSTAT));
    expect(proc.get('IpExtInOctets')).toBeGreaterThan(2 ** 32);
  });

  it('comes from netstat -s and netstat -s -6, whatever the sentence', () => {
    const netstat = read('every-counter/netstat-s.txt', 'every-counter/netstat-s-6.txt');
    expect(sorted(netstat)).toEqual(sorted(proc, SETTINGS));
  });
});
