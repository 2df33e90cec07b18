import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { findingsOf, partOf, shortOf } from '../testing/family.ts';
import { file, recording, rewrite } from '../testing/recordings.ts';

const only = (files: readonly CapturedFile[]): Finding[] => findingsOf('loose-pickup', files);
const short = (files: readonly CapturedFile[]): string[] => shortOf('loose-pickup', files);

describe('findLoosePickups', () => {
  it('tells the late packet that was redirected to the proxy and answered with a RST', () => {
    const [found] = only(partOf('loose-pickup/', 'conntrack-E', 'iptables'));
    expect(found).toMatchObject({
      state: 'past',
      confidence: 'certain',
      tuples: [{ src: '10.77.0.1', sport: 42136, dst: '10.77.0.2', dport: 7777 }],
    });
    expect(found?.summary).toContain('redirected to port 15006 and answered with a RST');
    expect(found?.story.join(' ')).toContain('it was deleted in ESTABLISHED with 4319');
  });

  it('is active while the connection has a socket that does not know, and names its holder', () => {
    const files = recording('recordings/loose-pickup').filter(
      ({ path }) => !path.includes('3-end'),
    );
    const [found] = only(files);
    expect(found?.state).toBe('active');
    expect(found?.process[0]).toMatchObject({
      role: 'holder of the forgotten connection',
      name: 'python3',
    });
    expect(found?.evidence.at(-1)?.file).toContain('2-after/ss-');
  });

  it('is past in the listing of a connect that healed, which nothing redirected', () => {
    const [found] = only(partOf('6.18.44/case1/8-after', 'conntrack', 'ss-'));
    expect(found).toMatchObject({ state: 'past', confidence: 'likely', ports: [43634] });
    expect(found?.summary).toContain('nothing redirected it, so it did no harm');
    expect(found?.missing.map(({ command }) => command)).toContain(
      'nsenter -t 6578 -n conntrack -E -o timestamp -p tcp',
    );
  });

  it('advises the timeout of the state in which the entry expired', () => {
    const advice = (files: readonly CapturedFile[]) =>
      only(files)[0]?.mitigations.map(({ command, works }) => [command, works]);
    expect(advice(partOf('6.18.44/case1', 'conntrack-E'))?.[0]).toEqual([
      'nsenter -t <pid of the proxy> -n sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close_wait=3600',
      true,
    ]);
    // Deleted by hand, with days left: no timeout would have kept it.
    expect(advice(partOf('loose-pickup/', 'conntrack-E'))?.[0]?.[1]).toBe(false);
  });

  it('finds the same in IPv6, behind nftables, at the port of Linkerd', () => {
    const [found] = only(recording('recordings/loose-pickup-v6-nft'));
    expect(found?.summary).toContain('redirected to port 4143');
    expect(found?.tuples[0]).toMatchObject({ src: 'fd00:77::1', dst: 'fd00:77::2', dport: 7777 });
  });

  it('reads it in every form of a listing (an entry made by hand, as each option prints it)', () => {
    const tuples = 'src=172.21.206.198 dst=172.29.73.7 sport=7777 dport=43634';
    const replies = 'src=172.29.73.7 dst=172.21.206.198 sport=43634 dport=7777';
    const forms = [
      `ipv4     2 tcp      6 299 ESTABLISHED ${tuples} [UNREPLIED] ${replies} mark=0 zone=0 use=2\n`,
      `ipv4     2 tcp      6 299 ESTABLISHED ${tuples} [UNREPLIED] ${replies} mark=0 use=1\n`,
      `tcp      6 299 ESTABLISHED ${tuples} [UNREPLIED] ${replies} mark=0 use=1 id=47653904\n`,
      '-A -t 299 -u UNSET -s 172.21.206.198 -d 172.29.73.7 -r 172.29.73.7 -q 172.21.206.198 -p tcp --sport 7777 --dport 43634 --reply-port-src 43634 --reply-port-dst 7777 --state ESTABLISHED\n',
      '<?xml version="1.0" encoding="utf-8"?>\n<conntrack>\n<flow><meta direction="original"><layer3 protonum="2" protoname="ipv4"><src>172.21.206.198</src><dst>172.29.73.7</dst></layer3><layer4 protonum="6" protoname="tcp"><sport>7777</sport><dport>43634</dport></layer4></meta><meta direction="reply"><layer3 protonum="2" protoname="ipv4"><src>172.29.73.7</src><dst>172.21.206.198</dst></layer3><layer4 protonum="6" protoname="tcp"><sport>43634</sport><dport>7777</dport></layer4></meta><meta direction="independent"><state>ESTABLISHED</state><timeout>299</timeout><mark>0</mark><use>1</use><id>47653904</id><unreplied/></meta></flow>\n</conntrack>\n',
    ];
    for (const text of forms) {
      expect(short([file('conntrack.txt', text)])).toEqual(['past likely 43634']);
    }
  });

  it('counts a late packet that comes again and again', () => {
    const [found] = only(partOf('lab-43301-rstdrop', 'conntrack-E'));
    expect(found?.story.join(' ')).toContain('This happened 7 times');
  });

  it('tells many servers as one finding', () => {
    const rows = Array.from({ length: 500 }, (_, i) => {
      const server = `10.9.${i >> 8}.${i & 255}`;
      return `tcp 6 299 ESTABLISHED src=${server} dst=10.0.0.1 sport=443 dport=${40_000 + i} [UNREPLIED] src=10.0.0.1 dst=${server} sport=${40_000 + i} dport=443 use=1\n`;
    });
    const [found, ...others] = only([file('conntrack-L.txt', rows.join(''))]);
    expect(others).toEqual([]);
    expect(found?.summary).toContain('500 connections to 500 servers');
  });
});

describe('findLoosePickups on what only looks like a pickup', () => {
  const listing = partOf('6.18.44/case1/8-after', 'conntrack-L.txt');
  const changed = (from: RegExp, to: string): string[] => {
    const files = rewrite(listing, (text) => text.replace(from, to));
    expect(files).not.toEqual(rewrite(listing, (text) => text));
    return short(files);
  };

  it('leaves an entry alone that has been answered', () => {
    expect(changed(/\[UNREPLIED\] /, '')).toEqual([]);
  });

  it('leaves a SYN alone that has no answer, and other protocols', () => {
    expect(changed(/ESTABLISHED( .*UNREPLIED)/, 'SYN_SENT$1')).toEqual([]);
    expect(changed(/tcp {6}6 (\d+) ESTABLISHED( .*UNREPLIED)/, 'udp      17 $1$2')).toEqual([]);
  });

  it('leaves a pickup alone that was answered and went on (events of a flushed table)', () => {
    const tuples = 'src=10.0.0.9 dst=10.0.0.1 sport=50001 dport=5000';
    const replies = 'src=10.0.0.1 dst=10.0.0.9 sport=15006 dport=50001';
    const events = [
      `    [NEW] tcp      6 300 ESTABLISHED ${tuples} [UNREPLIED] ${replies}\n`,
      ` [UPDATE] tcp      6 300 ESTABLISHED ${tuples} ${replies} [ASSURED]\n`,
      `[DESTROY] tcp      6 CLOSE ${tuples} ${replies} [ASSURED]\n`,
    ];
    expect(short([file('conntrack-E.txt', events.join(''))])).toEqual([]);
  });

  it('is only possible where a client made the entry and nothing else shows it', () => {
    const row =
      'tcp 6 299 ESTABLISHED src=10.0.0.9 dst=10.0.0.1 sport=50001 dport=5000 [UNREPLIED] src=10.0.0.1 dst=10.0.0.9 sport=5000 dport=50001 use=1\n';
    expect(short([file('conntrack-L.txt', row)])).toEqual(['past possible 50001']);
  });
});
