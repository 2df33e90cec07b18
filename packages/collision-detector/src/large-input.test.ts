import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { findDrifts } from './conntrack-socket-drift/conntrack-socket-drift.ts';
import { findFullTables } from './conntrack-table-full/conntrack-table-full.ts';
import type { DetectionContext } from './detector.ts';
import { incidentPackets } from './incident-packets.ts';
import { findInsertRaces } from './nat-insert-race/nat-insert-race.ts';
import { once } from './once.ts';
import { findSnatPortReuses } from './snat-port-reuse/snat-port-reuse.ts';
import { file } from './testing/recordings.ts';
import { troubledConnects } from './troubled-connects.ts';

const LIMIT = 'net.netfilter.nf_conntrack_tcp_timeout_established = 432000\n';

/** A namespace with so many sockets and twice as many entries, of which one in ten has no socket. */
function namespaceOf(sockets: number) {
  const address = (i: number): string => `10.${(i >> 16) & 63}.${(i >> 8) & 255}.${i & 255}`;
  const port = (i: number): number => 1024 + (i % 60_000);
  const ss = ['State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n'];
  const entries: string[] = [];
  for (let i = 0; i < sockets; i++) {
    const peer = 80 + (i >> 14);
    if (i % 10 !== 0) ss.push(`ESTAB 0 0 172.16.0.2:${port(i)} ${address(i)}:${peer}\n`);
    entries.push(
      `tcp 6 9000 ESTABLISHED src=172.16.0.2 dst=${address(i)} sport=${port(i)} dport=${peer} src=${address(i)} dst=172.16.0.2 sport=${peer} dport=${port(i)} [ASSURED] use=1\n`,
      `tcp 6 9000 ESTABLISHED src=${address(i)} dst=192.0.2.9 sport=${port(i)} dport=443 src=192.0.2.9 dst=198.51.100.1 sport=443 dport=${port(i)} [ASSURED] use=1\n`,
    );
  }
  const [incident] = readIncidents([
    file('pod/1-now/ss.txt', ss.join('')),
    file('pod/1-now/conntrack-L.txt', entries.join('')),
    file('pod/sysctl.txt', LIMIT),
  ]);
  if (incident === undefined) throw new Error('expected an incident');
  return incident;
}

function detectIn(incident: ReturnType<typeof namespaceOf>) {
  const packets = once(() => incidentPackets(incident));
  const troubled = once(() => troubledConnects(incident, packets()));
  const context = {
    staleSockets: [],
    attempts: [],
    packets,
    troubled,
  } as unknown as DetectionContext;
  return [findDrifts, findFullTables, findInsertRaces, findSnatPortReuses].flatMap((find) =>
    find(incident, context),
  );
}

function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const begin = performance.now();
    work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

describe('joins of sockets and entries', () => {
  it('take time in proportion to both', () => {
    const small = namespaceOf(2500);
    const large = namespaceOf(40_000);
    expect(detectIn(large).map(({ family, ports }) => [family, ports.length])).toEqual([
      ['conntrack-socket-drift', 4000],
    ]);
    // The ratio of 16 times the input: 16 where the time is linear, 256 where it is quadratic.
    expect(fastest(() => detectIn(large)) / fastest(() => detectIn(small))).toBeLessThan(100);
  });
});
