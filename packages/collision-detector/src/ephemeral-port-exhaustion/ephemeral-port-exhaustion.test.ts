import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { findingsOf, partOf, shortOf } from '../testing/family.ts';
import { file, recording, rewrite } from '../testing/recordings.ts';

const only = (files: readonly CapturedFile[]): Finding[] =>
  findingsOf('ephemeral-port-exhaustion', files);
const short = (files: readonly CapturedFile[]): string[] =>
  shortOf('ephemeral-port-exhaustion', files);

describe('findPortExhaustion on recordings', () => {
  it('counts ports in TIME-WAIT, joins entries, range and the log of the program', () => {
    const [found] = only(recording('recordings/lab-exhaust')).filter(({ ports }) =>
      ports.includes(7777),
    );
    expect(found).toMatchObject({ state: 'active', confidence: 'certain' });
    expect(found?.summary).toBe(
      "Connections from 10.77.0.1 to 10.77.0.2:7777 run out of ports: 8 of 10 local ports are taken (10 by conntrack's count), and programs are refused one (EADDRNOTAVAIL).",
    );
    const says = found?.evidence.map(({ says: text }) => text).join('\n');
    expect(says).toContain('hold 8 of 10 ports, 8 of them in TIME-WAIT');
    expect(says).toContain('Entries from 10.77.0.1 to 10.77.0.2:7777 hold 10 of 10 ports');
    expect(says).toContain('A program was refused a local port: EADDRNOTAVAIL');
  });

  it('is active where all are taken, though no program tells of it', () => {
    const silent = recording('recordings/lab-exhaust').filter(({ path }) => !path.endsWith('.log'));
    expect(short(silent)).toEqual(['active likely 7777', 'active likely 7778']);
  });

  it('is latent where four fifths are taken and nobody was refused', () => {
    const sockets = partOf('lab-exhaust', 'ss-naoep', 'sysctl');
    expect(short(sockets)).toEqual(['latent likely 7777', 'latent likely 7778']);
  });

  it.each(['ss-tnaoep', 'ss-tan', 'netstat-tan'])('counts them in %s', (form) => {
    const files = partOf('exhaust-app/', `${form}.txt`, 'sysctl');
    expect(short(files)).toEqual(['active certain 5000']);
  });

  it('counts a port once that several listings show', () => {
    const [found] = only(recording('recordings/exhaust-app'));
    expect(found?.summary).toContain('10 of 10 local ports');
  });

  it('finds the same over IPv6', () => {
    const [found] = only(recording('recordings/exhaust-app-v6-nft'));
    expect(found?.summary).toContain('from ::6 to [::1]:5000');
  });

  it('says `possible` of programs that were refused where no listing shows who has the ports', () => {
    const log = file(
      'error.log',
      '2026/11/22 23:06:19 [crit] 7#7: *1 connect() to 127.0.0.1:5000 failed (99: Cannot assign requested address)\n',
    );
    expect(short([log, ...partOf('exhaust-app/', 'sysctl')])).toEqual(['past possible 5000']);
  });
});

/** Sockets of a pod with 100 local ports, so many of them taken. */
const pod = (taken: number, state: string, more = ''): CapturedFile[] => {
  const rows = Array.from(
    { length: taken },
    (_, i) => `${state} 0 0 10.0.0.1:${40_000 + i} 10.9.9.9:443\n`,
  );
  return [
    file('ss.txt', `State Recv-Q Send-Q Local Address:Port Peer Address:Port\n${rows.join('')}`),
    file('sysctl.txt', `net.ipv4.ip_local_port_range = 40000 40099\n${more}`),
  ];
};

describe('findPortExhaustion, by its rules (synthetic rows)', () => {
  it('begins at four fifths', () => {
    expect(short(pod(79, 'ESTAB'))).toEqual([]);
    expect(short(pod(80, 'ESTAB'))).toEqual(['latent likely 443']);
    expect(short(pod(100, 'ESTAB'))).toEqual(['active certain 443']);
  });

  it('does not count reserved ports as free', () => {
    const reserved = 'net.ipv4.ip_local_reserved_ports = 40080-40099\n';
    expect(short(pod(64, 'ESTAB', reserved))).toEqual(['latent likely 443']);
  });

  it('does not count TIME-WAIT where tcp_tw_reuse frees it, unless a program was refused', () => {
    const reuse = 'net.ipv4.tcp_tw_reuse = 1\n';
    expect(short(pod(100, 'TIME-WAIT'))).toEqual(['active certain 443']);
    expect(short(pod(100, 'TIME-WAIT', reuse))).toEqual([]);
    expect(short(pod(100, 'TIME-WAIT', 'net.ipv4.tcp_tw_reuse = 2\n'))).toEqual([
      'active certain 443',
    ]);
    const refused = file('app.log', 'connect to 10.9.9.9:443: EADDRNOTAVAIL\n');
    expect(short([...pod(100, 'TIME-WAIT', reuse), refused])).toEqual(['active certain 443']);
  });

  it('says that tcp_tw_reuse does not help ports that are open', () => {
    const advice = (state: string) =>
      only(pod(100, state))[0]?.mitigations.find(({ command }) => command.includes('tw_reuse'));
    expect(advice('TIME-WAIT')?.works).toBe(true);
    expect(advice('ESTAB')?.works).toBe(false);
  });

  it('counts each destination and each source for itself', () => {
    const [ss, sysctl] = pod(90, 'ESTAB');
    const spread = rewrite([ss as CapturedFile], (text) => {
      let row = 0;
      return text.replaceAll('10.9.9.9', () => `10.9.9.${row++ % 2}`);
    });
    expect(short([...spread, sysctl as CapturedFile])).toEqual([]);
  });

  it('takes the ports of clients elsewhere for theirs', () => {
    const rows = Array.from({ length: 100 }, (_, i) => {
      return `tcp 6 100 ESTABLISHED src=10.9.9.9 dst=10.0.0.1 sport=${40_000 + i} dport=443 src=10.0.0.1 dst=10.9.9.9 sport=443 dport=${40_000 + i} [ASSURED] use=1\n`;
    });
    const listing = file('conntrack-L.txt', rows.join(''));
    expect(short([...pod(1, 'ESTAB'), listing])).toEqual([]);
  });

  it('is only possible where entries alone hold the ports', () => {
    const rows = Array.from({ length: 100 }, (_, i) => {
      return `tcp 6 100 TIME_WAIT src=10.0.0.1 dst=10.9.9.9 sport=${40_000 + i} dport=443 src=10.9.9.9 dst=10.0.0.1 sport=443 dport=${40_000 + i} [ASSURED] use=1\n`;
    });
    const [, sysctl] = pod(1, 'ESTAB');
    const files = [file('conntrack-L.txt', rows.join('')), sysctl as CapturedFile];
    expect(short(files)).toEqual(['active possible 443']);
  });

  it('counts what NAT translates, against all ports that it may choose', () => {
    const rows = Array.from({ length: 52_000 }, (_, i) => {
      return `tcp 6 100 ESTABLISHED src=10.1.${i >> 8}.${i & 255} dst=1.2.3.4 sport=50000 dport=443 src=1.2.3.4 dst=192.0.2.1 sport=443 dport=${1024 + i} [ASSURED] use=1\n`;
    });
    const [found] = only([file('conntrack-L.txt', rows.join(''))]);
    expect(found?.summary).toContain('52000 of 64512 source ports are taken');
    expect(found?.mitigations.map(({ command }) => command).join('')).not.toContain('port_range');
  });

  it('is past where a later snapshot has ports again', () => {
    const at = (stage: string, taken: number): CapturedFile[] =>
      pod(taken, 'ESTAB').map(({ path, bytes }) => ({ path: `${stage}/${path}`, bytes }));
    expect(short([...at('1-a', 100), ...at('2-b', 3)])).toEqual(['past certain 443']);
    expect(short([...at('1-a', 3), ...at('2-b', 100)])).toEqual(['active certain 443']);
  });

  it('leaves a listener that could not bind to the family of listeners', () => {
    const log = file('app.log', 'listen tcp 10.0.0.5:80: bind: cannot assign requested address\n');
    expect(short([...pod(1, 'ESTAB'), log])).toEqual([]);
  });
});
