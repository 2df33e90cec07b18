import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, told } from './testing/recordings.ts';

const TIMED_OUT = ['collision past 44410 envoy-sim', 'leak latent 44410 envoy-sim'];
const ACTIVE = ['collision active 44410 envoy-sim', 'leak active 44410 envoy-sim'];
const whole = recording('recordings/5.19.0/case1');
const stage6 = whole.filter(({ path }) => path.includes('/6-reconnect'));

/** The same pod with IPv6 addresses, as each tool would have printed them. */
function asIpv6(text: string, path: string): string {
  const bracketed = path.includes('/ss-') || path.endsWith('.md');
  const write = (address: string): string => (bracketed ? `[${address}]` : address);
  return text
    .replaceAll('172.29.73.7', write('fd00:29::7'))
    .replaceAll('172.21.206.198', write('fd00:21::198'))
    .replaceAll('127.0.0.1/32', '::1/128')
    .replaceAll('127.0.0.1', write('::1'))
    .replaceAll('ipv4     2', 'ipv6     10')
    .replaceAll(
      /IP \(tos 0x0, ttl (\d+), id \d+, offset 0, flags \[DF\], proto TCP \(6\), length (\d+)\)/g,
      (_, ttl: string, length: string) =>
        `IP6 (hlim ${ttl}, next-header TCP (6) payload length: ${Number(length) - 20})`,
    )
    .replaceAll(
      /LEN=(\d+) TOS=0x00 PREC=0x00 TTL=(\d+) ID=\d+ (?:DF )?/g,
      'LEN=$1 TC=0 HOPLIMIT=$2 FLOWLBL=0 ',
    );
}

describe('detectCollisions in other pods (recordings with addresses and ports rewritten)', () => {
  it('finds the same with IPv6 addresses', () => {
    const detection = detect(rewrite(whole, asIpv6));
    expect(told(detection)).toEqual(TIMED_OUT);
    const collision = detection.findings.find(({ state }) => state === 'past');
    expect(collision?.tuples).toEqual([
      { src: 'fd00:29::7', sport: 44410, dst: 'fd00:21::198', dport: 7777 },
    ]);
    expect(collision?.confidence).toBe('certain');
    expect(collision?.evidence.map(({ says }) => says).join('\n')).toContain(
      'FIN-WAIT-2, [::1]:15001 ↔ [fd00:29::7]:44410',
    );
  });

  it('finds the same with IPv6 addresses in one snapshot', () => {
    expect(told(detect(rewrite(stage6, asIpv6)))).toEqual(ACTIVE);
  });

  it('joins a proxy that listens on IPv6 to entries and packets of IPv4', () => {
    const mapped = (text: string, path: string): string =>
      path.includes('/ss-')
        ? text.replaceAll(/\b(127\.0\.0\.1|172\.29\.73\.7):(15001|44410)/g, '[::ffff:$1]:$2')
        : text;
    const detection = detect(rewrite(whole, mapped));
    expect(told(detection)).toEqual(TIMED_OUT);
    const commands = detection.findings.flatMap(({ mitigations }) =>
      mitigations.map(({ command }) => command),
    );
    expect(commands).toContain(
      'nsenter -t 112 -n ss -K state fin-wait-2 src 127.0.0.1:15001 dst 172.29.73.7:44410',
    );
    expect(told(detect(rewrite(stage6, mapped)))).toEqual(ACTIVE);
  });

  it('finds the same behind Linkerd, with its rules and without', () => {
    const linkerd = rewrite(whole, (text) =>
      text.replaceAll('15001', '4140').replaceAll('envoy-sim', 'linkerd2-proxy'),
    );
    const expected = TIMED_OUT.map((row) => row.replace('envoy-sim', 'linkerd2-proxy'));
    expect(told(detect(linkerd))).toEqual(expected);
    expect(told(detect(linkerd.filter(({ path }) => !path.includes('iptables'))))).toEqual(
      expected,
    );
  });

  it('takes the port from the rules; without them only the RSTs in the log remain', () => {
    const moved = rewrite(whole, (text) => text.replaceAll('15001', '16001'));
    expect(told(detect(moved))).toEqual(TIMED_OUT);
    const { findings } = detect(moved.filter(({ path }) => !path.includes('iptables')));
    expect(findings.map(({ family, confidence }) => [family, confidence])).toEqual([
      ['outbound-port-collision', 'possible'],
    ]);
  });

  it('takes the port from nft', () => {
    const listings = recording('forms').filter(({ path }) =>
      /conntrack-L\.txt|ss-naoep/.test(path),
    );
    const found = ['collision active 44410 python3', 'leak active 44410 python3'];
    const text = recording('forms/nft-list-ruleset.txt');
    const moved = rewrite([...listings, ...text], (it) => it.replaceAll('15001', '16001'));
    expect(told(detect(moved))).toEqual(found);
    // nft's JSON of iptables rules leaves the port out: the chain's name tells it.
    const json = recording('forms/nft-list-ruleset.json');
    expect(told(detect([...listings, ...json]))).toEqual(found);
  });
});

describe('detectCollisions in every form of a listing', () => {
  const form = (name: string): CapturedFile[] => recording(`forms/${name}`);
  const sockets = ['ss-naoep.txt', 'ss-tanp.txt', 'netstat-tanpo.txt'];
  const anonymous = ['ss-Htan.txt', 'proc_net_tcp.txt'];
  const entries = [
    'conntrack-L.txt',
    'conntrack-L-o-save.txt',
    'conntrack-L-o-xml.txt',
    'conntrack-L-o-extended.txt',
    'proc_net_nf_conntrack.txt',
  ];

  it.each(sockets.flatMap((ss) => entries.map((conntrack) => [ss, conntrack])))(
    'finds the collision in %s and %s',
    (ss = '', conntrack = '') => {
      expect(told(detect([...form(ss), ...form(conntrack)]))).toEqual([
        'collision active 44410 python3',
        'leak active 44410 python3',
      ]);
    },
  );

  it.each(anonymous)('finds it in %s, which names no process', (ss) => {
    const { findings } = detect([...form(ss), ...form('conntrack-L.txt')]);
    expect(findings.map(({ state, process }) => [state, process])).toEqual([
      ['active', []],
      ['active', []],
    ]);
    expect(findings[0]?.mitigations[0]?.command).toContain('<pid of the proxy>');
  });

  it('is less sure where the listing shows no timers', () => {
    const confidence = (ss: string) =>
      detect([...form(ss), ...form('conntrack-L.txt')]).findings.find(
        ({ family }) => family === 'half-closed-leak',
      )?.confidence;
    expect(confidence('ss-naoep.txt')).toBe('certain');
    expect(confidence('netstat-tanpo.txt')).toBe('certain');
    expect(confidence('proc_net_tcp.txt')).toBe('certain');
    expect(confidence('ss-tanp.txt')).toBe('likely');
    expect(confidence('ss-Htan.txt')).toBe('likely');
  });

  it('reads packets that were captured on all interfaces at once', () => {
    const folder = recording('recordings/lab-43301').filter(({ path }) => !/tcpdump/.test(path));
    const any = recording('forms/tcpdump-any-43301.txt').map(({ bytes }) => ({
      path: 'recordings/lab-43301/tcpdump-any.txt',
      bytes,
    }));
    const detection = detect([...folder, ...any]);
    expect(told(detection)).toEqual([
      'collision past 44410 python3',
      'leak past 44410 python3',
      'loose-pickup past 54112 -',
    ]);
  });

  it('counts a packet once that two interfaces show', () => {
    const twice = rewrite(whole, (text, path) =>
      path.endsWith('tcpdump-lo.txt')
        ? text.replaceAll(/^\d.*\n {4}.*\n/gm, (packet) => packet + packet)
        : text,
    );
    const story = (files: CapturedFile[]) =>
      detect(files).findings.find(({ family }) => family === 'outbound-port-collision')?.story;
    expect(story(twice)).toEqual(story(whole));
  });
});

describe('detectCollisions where something is missing', () => {
  it('says `possible` without a conntrack listing, and names the command', () => {
    const sockets = stage6.filter(({ path }) => path.includes('/ss-'));
    const { findings } = detect(sockets);
    const leak = findings.find(({ family }) => family === 'half-closed-leak');
    expect(leak?.confidence).toBe('possible');
    expect(leak?.missing.map(({ command }) => command)).toContain('nsenter -t 112 -n conntrack -L');
    const collision = findings.find(({ family }) => family === 'outbound-port-collision');
    expect(collision?.confidence).toBe('likely');
  });

  it('finds the same in snapshots without dates', () => {
    expect(told(detect(whole.filter(({ path }) => !path.includes('date'))))).toEqual(TIMED_OUT);
  });

  it('takes a listing that was filtered for other ports as telling nothing', () => {
    const [ss] = stage6.filter(({ path }) => path.includes('/ss-'));
    const listing = new TextDecoder().decode(ss?.bytes);
    const confidence = (command: string) =>
      detect([file('notes.txt', `pod:/ # ss -naoep\n${listing}pod:/ # ${command}\npod:/ #\n`)])
        .findings[0]?.confidence;
    expect(confidence('conntrack -L | grep 44410')).toBe('certain');
    expect(confidence('conntrack -L | grep 5432')).toBe('likely');
    expect(confidence('conntrack -L -p udp')).toBe('likely');
  });

  it('does not take the listing of another namespace for that of the pod (synthetic rows)', () => {
    const sockets = stage6.filter(({ path }) => path.includes('/ss-'));
    const healthy = [40001, 40002, 40003]
      .map((port) => `tcp   ESTAB 0 0 127.0.0.1:15001 172.29.73.7:${port}\n`)
      .join('');
    const node = file(
      'recordings/5.19.0/case1/6-reconnect-0.4s/conntrack-L.txt',
      'tcp      6 100 ESTABLISHED src=10.0.0.9 dst=10.0.0.1 sport=1025 dport=443 src=10.0.0.1 dst=10.0.0.9 sport=443 dport=1025 [ASSURED] use=1\n',
    );
    const { findings } = detect([...rewrite(sockets, (text) => text + healthy), node]);
    const leak = findings.find(({ family }) => family === 'half-closed-leak');
    expect(leak?.confidence).toBe('possible');
    expect(leak?.missing.map(({ command }) => command)).toContain('nsenter -t 112 -n conntrack -L');
  });
});

describe('detectCollisions with several leaks', () => {
  it('tells sockets of one proxy as one finding with all ports (rows repeated with other ports)', () => {
    const stage5 = whole.filter(({ path }) => path.includes('/5-leaked'));
    const more = rewrite(stage5, (text, path) =>
      path.includes('/ss-')
        ? text.replace(/^tcp +FIN-WAIT-2.*\n/m, (row) =>
            [44410, 44412, 44411].map((port) => row.replace('44410', String(port))).join(''),
          )
        : text,
    );
    const { findings } = detect(more);
    expect(findings.map(({ ports }) => ports)).toEqual([[44410, 44411, 44412]]);
    expect(findings[0]?.summary).toContain('3 stale sockets for ports 44410, 44411, 44412');
    expect(findings[0]?.mitigations[0]?.command).toBe(
      'nsenter -t 112 -n ss -K state fin-wait-2 src 127.0.0.1:15001',
    );
  });
});
