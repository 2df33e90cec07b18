import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { findingsOf, partOf, shortOf } from '../testing/family.ts';
import { file, recording } from '../testing/recordings.ts';

const only = (files: readonly CapturedFile[]): Finding[] =>
  findingsOf('listener-port-taken', files);
const short = (files: readonly CapturedFile[]): string[] => shortOf('listener-port-taken', files);

describe('findTakenListenerPorts on recordings', () => {
  it('names the connection that has the port, and its process', () => {
    const [found, ...others] = only(recording('recordings/listener-taken'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'active', confidence: 'certain', ports: [31004] });
    expect(found?.process[0]?.role).toBe('holder of the port');
    expect(found?.tuples[0]).toMatchObject({ sport: 31004, dst: '10.77.0.2', dport: 7777 });
    expect(found?.mitigations.map(({ command }) => command)).toContain(
      'nsenter -t 29213 -n sysctl -w net.ipv4.ip_local_reserved_ports=31004',
    );
  });

  it('is latent and likely where only a rule tells that the port is wanted', () => {
    const silent = recording('recordings/listener-taken').filter(
      ({ path }) => !path.endsWith('.log'),
    );
    expect(short(silent)).toEqual(['latent likely 31004']);
  });

  it('says that SO_REUSEADDR alone does not help against TIME-WAIT', () => {
    const [found] = only(recording('recordings/lab-exhaust'));
    expect(found).toMatchObject({ state: 'active', confidence: 'certain', ports: [40003] });
    expect(found?.story.join(' ')).toContain('SO_REUSEADDR helps a listener only where');
  });

  it('is possible and past by the log of a program alone', () => {
    expect(short(partOf('listener-taken', 'app.log', 'sysctl'))).toEqual(['past possible 31004']);
  });
});

const SYSCTL = 'net.ipv4.ip_local_port_range = 30000 60999\n';
const sysctl = (more = ''): CapturedFile => file('sysctl.txt', `${SYSCTL}${more}`);
const sockets = (...rows: readonly string[]): CapturedFile =>
  file('ss.txt', `State Recv-Q Send-Q Local Address:Port Peer Address:Port\n${rows.join('\n')}\n`);
const OTHER = 'LISTEN 0 128 0.0.0.0:8080 0.0.0.0:*';
const HOLDER = 'ESTAB 0 0 10.0.0.1:31234 10.9.9.9:443';
const REFUSED = file('proxy.log', 'listen tcp4 :31234: bind: address already in use\n');

describe('findTakenListenerPorts, by its rules (synthetic rows)', () => {
  it('finds the one that is none of the others', () => {
    expect(short([sysctl(), sockets(OTHER, HOLDER), REFUSED])).toEqual(['active certain 31234']);
  });

  it('leaves a port alone on which another program listens', () => {
    const listener = 'LISTEN 0 128 0.0.0.0:31234 0.0.0.0:*';
    expect(short([sysctl(), sockets(OTHER, listener, HOLDER), REFUSED])).toEqual([]);
  });

  it('leaves a port alone that the kernel gives to nobody', () => {
    const log = file('proxy.log', 'listen tcp :8443: bind: address already in use\n');
    const holder = HOLDER.replace('31234', '8443');
    expect(short([sysctl(), sockets(OTHER, holder), log])).toEqual([]);
  });

  it('takes no accepted connection for an outgoing one in a listing without listeners', () => {
    expect(short([sysctl(), sockets(HOLDER), REFUSED])).toEqual(['past possible 31234']);
    const entry = file(
      'conntrack-L.txt',
      'tcp 6 100 ESTABLISHED src=10.0.0.1 dst=10.9.9.9 sport=31234 dport=443 src=10.9.9.9 dst=10.0.0.1 sport=443 dport=31234 [ASSURED] use=1\n',
    );
    expect(short([sysctl(), sockets(HOLDER), REFUSED, entry])).toEqual(['active certain 31234']);
  });

  it('knows NodePorts of kube-proxy, in iptables and in nftables', () => {
    const iptables = file(
      'iptables-save.txt',
      '*nat\n-A PREROUTING -j KUBE-SERVICES\n-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS\n-A KUBE-NODEPORTS -p tcp -m tcp --dport 31234 -j KUBE-EXT-ABC\nCOMMIT\n',
    );
    const nft = file(
      'nft.txt',
      [
        'table ip kube-proxy {',
        '\tmap service-nodeports {',
        '\t\ttype inet_proto . inet_service : verdict',
        '\t\telements = { tcp . 31234 : goto external-ABC,',
        '\t\t\t     udp . 31235 : goto external-DEF }',
        '\t}',
        '\tchain nat-prerouting {',
        '\t\ttype nat hook prerouting priority dstnat; policy accept;',
        '\t\tmeta l4proto . th dport vmap @service-nodeports',
        '\t}',
        '}',
        '',
      ].join('\n'),
    );
    for (const rules of [iptables, nft]) {
      expect(short([sysctl(), sockets(OTHER, HOLDER), rules])).toEqual(['latent likely 31234']);
      expect(short([sysctl(), sockets(OTHER), rules])).toEqual(['latent possible 31234']);
    }
  });

  it('says nothing of a port that is reserved and that nobody has', () => {
    const rules = file(
      'rules.txt',
      '*nat\n-A PREROUTING -p tcp -j REDIRECT --to-ports 35006\nCOMMIT\n',
    );
    expect(short([sysctl(), sockets(OTHER), rules])).toEqual(['latent possible 35006']);
    const reserved = sysctl('net.ipv4.ip_local_reserved_ports = 35000-35010\n');
    expect(short([reserved, sockets(OTHER), rules])).toEqual([]);
  });

  it('tells many ports that nobody has as one finding', () => {
    const rules = Array.from(
      { length: 300 },
      (_, i) => `-A KUBE-NODEPORTS -p tcp -m tcp --dport ${31_000 + i} -j KUBE-EXT-${i}\n`,
    );
    const [found, ...others] = only([
      sysctl(),
      sockets(OTHER),
      file('iptables-save.txt', `*nat\n${rules.join('')}COMMIT\n`),
    ]);
    expect(others).toEqual([]);
    expect(found?.summary).toContain('300 ports may be taken from their listeners');
  });

  it('is possible where somebody listens on the port in another snapshot', () => {
    const at = (stage: string, ...rows: readonly string[]): CapturedFile => {
      const { bytes } = sockets(...rows);
      return { path: `${stage}/ss.txt`, bytes };
    };
    const listener = 'LISTEN 0 128 0.0.0.0:31234 0.0.0.0:*';
    expect(short([sysctl(), at('1-a', OTHER, listener), at('2-b', OTHER, HOLDER)])).toEqual([
      'latent possible 31234',
    ]);
  });
});
