import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const RACE = recording('recordings/gateway-insert-race');
const without = (...parts: readonly string[]) =>
  RACE.filter(({ path }) => !parts.some((part) => path.includes(part)));
const said = (files: typeof RACE) => saidOf('nat-insert-race', files);

describe('findInsertRaces', () => {
  it('points at the SYN that was lost, at the one that went through, at counter and rule', () => {
    const [race] = detect(RACE).findings;
    // tshark -r a.pcap -Y 'tcp.port == 41046 and tcp.flags.syn == 1 and tcp.flags.ack == 0': 7 and 14.
    expect(race?.evidence.map(({ file: name, line, packet }) => [name, line, packet])).toEqual([
      ['recordings/gateway-insert-race/2-after/conntrack-S.txt', 1, null],
      ['recordings/gateway-insert-race/a.pcap', 1, 7],
      ['recordings/gateway-insert-race/a.pcap', 1, 14],
      ['recordings/gateway-insert-race/iptables-save.txt', 7, null],
    ]);
    expect(race?.tuples).toEqual([
      { src: '10.1.0.2', sport: 41046, dst: '203.0.113.9', dport: 80 },
    ]);
    expect(race?.summary).toContain('4 times between two looks');
    expect(race?.mitigations[0]?.command).toBe(
      'iptables -t nat -I POSTROUTING 1 -o eth0 -p tcp -j MASQUERADE --random-fully',
    );
  });

  it('is less sure the less is shown', () => {
    expect(said(without('.pcap'))).toEqual(['active likely']);
    expect(said(without('.pcap', 'iptables', 'conntrack-L'))).toEqual(['active possible']);
    expect(said(without('conntrack-S'))).toEqual(['past possible']);
    expect(said(without('1-before', '.pcap'))).toEqual(['past possible']);
    expect(said(without('1-before'))).toEqual(['past likely']);
  });

  it('needs the capture behind the translation, running before the SYN', () => {
    expect(said(without('conntrack-S', 'eth0.pcap'))).toEqual([]);
  });

  it('is over where the counter has stopped', () => {
    const later = RACE.filter(({ path }) => path.includes('2-after')).map(({ path, bytes }) => ({
      path: path.replace('2-after', '3-later'),
      bytes,
    }));
    expect(said([...RACE, ...later])).toEqual(['past certain']);
  });

  it('says nothing of counters that stand still at 0', () => {
    const still = rewrite(without('.pcap'), (text) =>
      text.replaceAll(/(failed|drop)=\d+/g, '$1=0'),
    );
    expect(said(still)).toEqual([]);
  });

  it('says of clashes in which the kernel gave way that nothing was lost', () => {
    const resolved = rewrite(without('.pcap'), (text) =>
      text
        .replaceAll(/insert_failed=(\d+) drop=\d+/g, 'insert_failed=0 drop=0 was=$1')
        .replaceAll(/clash_resolve=0 (.*)$/gm, 'clash_resolve=0 $1')
        .replaceAll(/was=2(.*)clash_resolve=0/g, 'was=2$1clash_resolve=3'),
    );
    const [race] = detect(resolved).findings;
    expect(race?.family).toBe('nat-insert-race');
    expect(race?.state).toBe('past');
    expect(race?.summary).toContain('nothing was lost');
    expect(race?.mitigations.every(({ works }) => !works)).toBe(true);
  });

  it('makes no command of a rule that is more than words', () => {
    const hostile = rewrite(RACE, (text, path) =>
      path.includes('iptables') ? text.replace('-o eth0', '-o eth0;reboot') : text,
    );
    expect(
      JSON.stringify(detect(hostile).findings.map(({ mitigations }) => mitigations)),
    ).not.toMatch(/"command":"[^"]*reboot/);
  });

  it('names the second look that is missing, for this namespace', () => {
    const ss = file(
      'recordings/gateway-insert-race/2-after/ss.txt',
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=77,fd=3))\n',
    );
    const [race] = detect([...without('1-before', '.pcap'), ss]).findings;
    expect(race?.missing.map(({ command }) => command)).toContain(
      'nsenter -t 77 -n sh -c "conntrack -S; sleep 10; conntrack -S"',
    );
  });
});
