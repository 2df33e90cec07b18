import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { findStalePorts } from './stale-ports.ts';
import { file, incidentOf, pcaps, recording, rewrite, without } from './testing/incidents.ts';

const CASE_1 = recording('5.19.0-case1');
const LEAKED = CASE_1.filter(({ path }) => path.startsWith('5-'));

/** `44410 collides 5 snapshots`: what is said of each port. */
function told(files: readonly CapturedFile[]): string[] {
  return findStalePorts(incidentOf(files)).map(({ client, isColliding, sightings }) =>
    [client.port, isColliding ? 'collides' : 'would', sightings.length].join(' '),
  );
}

/** A second half-closed connection, to the same listener. */
const another = (port: number): string =>
  `tcp   FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:${port} users:(("envoy-sim",pid=112,fd=9)) uid:1337 ino:9 sk:9 <--\n`;

function withMore(files: readonly CapturedFile[], ...ports: readonly number[]): CapturedFile[] {
  const rows = ports.map(another).join('');
  return rewrite(files, (text, path) => (path.includes('ss-naoep') ? text + rows : text));
}

describe('findStalePorts', () => {
  it('finds the port that packets show colliding, with each snapshot of its socket', () => {
    expect(told(CASE_1)).toEqual(['44410 collides 5']);
  });

  it('finds one that nobody has met yet', () => {
    expect(told(LEAKED)).toEqual(['44410 would 1']);
  });

  it('finds one beside which a socket is connecting', () => {
    expect(told(CASE_1.filter(({ path }) => path.startsWith('6-')))).toEqual(['44410 collides 1']);
  });

  it('finds one that packets alone show', () => {
    expect(told(pcaps())).toEqual(['44410 collides 0']);
  });

  it('puts those that collide first, then goes by number', () => {
    expect(told(withMore(CASE_1, 50_002, 40_002)).map((text) => text.split(' ')[0])).toEqual([
      '44410',
      '40002',
      '50002',
    ]);
  });

  it('names the process and its user', () => {
    expect(findStalePorts(incidentOf(LEAKED))).toMatchObject([
      { process: { name: 'envoy-sim', pid: 112 }, uid: 1337, state: 'FIN-WAIT-2' },
    ]);
  });

  it('leaves sockets alone that go by themselves, are not redirected, or answer SYNs', () => {
    const closed = rewrite(LEAKED, (text) => text.replaceAll('ino:392', 'ino:0'));
    expect(told(without(closed, /tinaoe/))).toEqual([]);
    expect(told(rewrite(LEAKED, (text) => text.replaceAll('172.29.73.7', '127.0.0.1')))).toEqual(
      [],
    );
    const answered = [
      '1.0 IP 10.0.0.7.44410 > 127.0.0.1.15001: Flags [S], seq 1, win 9, length 0',
      '1.1 IP 10.0.0.9.80 > 10.0.0.7.44410: Flags [.], ack 77, win 9, length 0',
      '1.2 IP 10.0.0.9.80 > 10.0.0.7.44410: Flags [S.], seq 5, ack 2, win 9, length 0',
    ];
    const text = answered.map((line) => `16000000${line}\n`).join('');
    expect(told([file('tcpdump-lo.txt', text)])).toEqual([]);
  });

  it('finds none where packets name hosts instead of addresses', () => {
    const named = rewrite(
      CASE_1.filter(({ path }) => path.includes('tcpdump-lo')),
      (text) => text.replaceAll('172.29.73.7', 'pod').replaceAll('172.21.206.198', 'service'),
    );
    expect(told(named)).toEqual([]);
  });
});
