import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { findingsOf, partOf, shortOf } from '../testing/family.ts';
import { file, recording, rewrite } from '../testing/recordings.ts';

const only = (files: readonly CapturedFile[]): Finding[] =>
  findingsOf('inbound-port-collision', files);

const short = (files: readonly CapturedFile[]): string[] =>
  shortOf('inbound-port-collision', files);

const REDIRECT = file(
  'rules.txt',
  '*nat\n-A PREROUTING -p tcp -j REDIRECT --to-ports 15006\nCOMMIT\n',
);

describe('findInboundPortCollisions where the first entry is gone', () => {
  it('is certain by packets alone, and names both connections', () => {
    const [found, ...others] = only(partOf('inbound-expired/', 'eth0', 'iptables'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'past', confidence: 'certain', ports: [25058] });
    expect(found?.summary).toContain(
      "its connect to port 5002 met the proxy's socket of its own connection to port 5000",
    );
    // tshark -r eth0.pcap: 6 the SYN to 5002, 7 the answer with the numbers of 5000's.
    expect(found?.evidence.slice(0, 2).map(({ packet }) => packet)).toEqual([6, 7]);
    expect(found?.evidence[1]?.says).toContain("client port's connection to port 5000");
  });

  it('needs no rules where the packets show whose numbers the answer carries', () => {
    expect(short(partOf('inbound-expired/', 'eth0'))).toEqual(['past certain 25058']);
  });

  it('reads the text of tcpdump, with relative numbers', () => {
    const text = recording('forms/tcpdump-inbound-expired.txt');
    expect(short([...text, REDIRECT])).toEqual(['past certain 25058']);
  });

  it('is likely by the events alone, and knows the first connection by them', () => {
    const [found] = only(partOf('inbound-expired/', 'conntrack-E', 'iptables'));
    expect(found).toMatchObject({ state: 'past', confidence: 'likely' });
    expect(found?.tuples).toEqual([
      { src: '10.77.0.2', sport: 25058, dst: '10.77.0.1', dport: 5000 },
      { src: '10.77.0.2', sport: 25058, dst: '10.77.0.1', dport: 5002 },
    ]);
    expect(found?.summary).toContain('got through by ending that connection');
  });

  it.each([
    ['ss-tnaoep', 'conntrack-L'],
    ['ss-tan', 'proc_net_nf_conntrack'],
    ['netstat-tan', 'conntrack-L'],
  ])('is active and likely in one snapshot: %s and %s', (ss, entries) => {
    const snapshot = partOf('inbound-expired-rstdrop/2-second', `${ss}.txt`, `${entries}.txt`);
    const [found] = only([...snapshot, REDIRECT]);
    expect(found).toMatchObject({ state: 'active', confidence: 'likely', ports: [25058] });
    expect(found?.summary).toContain('Client 10.77.0.2:25058 cannot connect to port 5002');
  });

  it('finds it in a transcript', () => {
    const text = (name: string): string =>
      new TextDecoder().decode(partOf('inbound-expired-rstdrop/2-second', name)[0]?.bytes);
    const notes = `pod:/ # ss -tnaoep\n${text('ss-tnaoep')}pod:/ # conntrack -L\n${text('conntrack-L')}`;
    expect(short([file('notes.txt', notes)])).toEqual(['active likely 25058']);
  });

  it('lays a time-out at the rule that drops the RST', () => {
    const [found] = only(recording('recordings/inbound-expired-rstdrop'));
    expect(found?.story.join(' ')).toContain('The rule is the cause');
    expect(found?.mitigations[0]?.action).toBe('Remove the rule that drops the RST');
  });

  it('lays it at an affected kernel where no rule does, and says what the RST costs', () => {
    const snapshot = partOf('inbound-expired-rstdrop/2-second', 'ss-tnaoep', 'conntrack-L.txt');
    const [found] = only([
      ...snapshot,
      REDIRECT,
      file('uname-a.txt', 'Linux pod 5.19.0 #1 SMP x86_64\n'),
    ]);
    expect(found?.story.join(' ')).toContain('called it INVALID');
    const liberal = found?.mitigations.find(({ command }) => command.includes('be_liberal'));
    expect(liberal).toMatchObject({ works: true });
    expect(liberal?.sideEffects).toContain('at the cost of the first');
  });

  it('takes the port from the rules', () => {
    const move = (files: readonly CapturedFile[]): CapturedFile[] =>
      rewrite(files, (text) => text.replaceAll('15006', '16006'));
    const events = partOf('inbound-expired/', 'conntrack-E', 'iptables');
    expect(short(move(events))).toEqual(['past likely 25058']);
    expect(short(move(events.filter(({ path }) => path.includes('-E'))))).toEqual([]);
  });
});

describe('findInboundPortCollisions where NAT moved a connection', () => {
  const listing = partOf('lab-38982-live/1-first', 'conntrack-L.txt');

  it('is certain where both entries are there, and active while both are open', () => {
    const [found] = only([...listing, REDIRECT]);
    expect(found).toMatchObject({ state: 'active', confidence: 'certain', ports: [15058] });
    expect(found?.summary).toContain('conntrack moved one to source port 37274');
  });

  it('is likely and past where the first one has gone', () => {
    const alone = rewrite(listing, (text) => text.replace(/^.*dport=5000 .*15058 .*\n/m, ''));
    expect(short([...alone, REDIRECT])).toEqual(['past likely 15058']);
  });

  it('is past where only the events show it', () => {
    expect(short(partOf('lab-38982-live', 'conntrack-E', '1-first/iptables'))).toEqual([
      'past certain 15058',
    ]);
  });

  it('goes by the ports of Linkerd where no rules are captured', () => {
    const noRules = recording('recordings/inbound-live-v6-nft').filter(
      ({ path }) => !path.includes('nft-list'),
    );
    expect(short(noRules)).toEqual(['active certain 25058']);
  });

  it('tells very many as one finding', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const client = `10.0.${i >> 8}.${i & 255}`;
      return [5000, 5002].map(
        (dport) =>
          `tcp      6 431998 ESTABLISHED src=${client} dst=10.77.0.1 sport=15058 dport=${dport} src=10.77.0.1 dst=${client} sport=15006 dport=${dport === 5000 ? 15058 : 37274} [ASSURED] mark=0 use=1\n`,
      );
    });
    const [found, ...others] = only([file('conntrack-L.txt', rows.flat().join('')), REDIRECT]);
    expect(others).toEqual([]);
    expect(found?.summary).toContain('3000 inbound connections share a client port');
    expect(found?.tuples.length).toBe(200);
  });
});

describe('findInboundPortCollisions on what only looks like a collision (rows rewritten)', () => {
  const snapshot = partOf('inbound-expired-rstdrop/2-second', 'ss-tnaoep', 'conntrack-L.txt');
  const changed = (from: RegExp, to: string): string[] => {
    const files = rewrite(snapshot, (text) => text.replace(from, to));
    expect(files).not.toEqual(rewrite(snapshot, (text) => text));
    return short([...files, REDIRECT]);
  };

  it('finds the one that is none of these', () => {
    expect(short([...snapshot, REDIRECT])).toEqual(['active likely 25058']);
  });

  it('leaves a connection alone that was established and then reset', () => {
    expect(changed(/(dport=25058.*?) mark/, '$1 [ASSURED] mark')).toEqual([]);
  });

  it('leaves a SYN alone that nobody has answered', () => {
    expect(changed(/CLOSE (src=.*?dport=5002.*?) src=/, 'SYN_SENT $1 [UNREPLIED] src=')).toEqual(
      [],
    );
  });

  it('leaves a socket alone that its process has closed', () => {
    expect(
      changed(/ESTAB( .*15006.*25058).*/, 'FIN-WAIT-2$1 timer:(timewait,53sec,0) ino:0 sk:1'),
    ).toEqual([]);
  });

  it('leaves a source port alone that outbound NAT or a gateway changed', () => {
    const rows = [
      'tcp 6 100 ESTABLISHED src=10.77.0.1 dst=10.77.0.2 sport=40009 dport=7777 src=127.0.0.1 dst=10.77.0.1 sport=15001 dport=41924 [ASSURED] use=1\n',
      'tcp 6 100 ESTABLISHED src=10.77.0.2 dst=10.77.0.1 sport=40009 dport=5000 src=10.77.0.1 dst=10.78.0.1 sport=15006 dport=41924 [ASSURED] use=1\n',
    ];
    expect(short([file('conntrack-L.txt', rows.join('')), REDIRECT])).toEqual([]);
  });

  it('leaves a port alone that is used again, answered with a SYN-ACK', () => {
    const packets = [
      [0, '10.77.0.2.25058 > 10.77.0.1.5000: Flags [S], seq 1000, win 64240'],
      [0.1, '10.77.0.1.5000 > 10.77.0.2.25058: Flags [S.], seq 5000, ack 1001, win 65160'],
      [0.2, '10.77.0.2.25058 > 10.77.0.1.5000: Flags [R], seq 1001, win 0'],
      [9, '10.77.0.2.25058 > 10.77.0.1.5002: Flags [S], seq 90000, win 64240'],
      [9.1, '10.77.0.1.5002 > 10.77.0.2.25058: Flags [S.], seq 7000, ack 90001, win 65160'],
    ].map(([at, text]) => `${(1_795_000_000 + Number(at)).toFixed(6)} IP ${text}, length 0\n`);
    expect(short([file('tcpdump-eth0.txt', packets.join('')), REDIRECT])).toEqual([]);
  });
});
