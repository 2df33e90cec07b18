import type { Incident } from '@tuplescope/incident';
import type { Evidence } from '../finding.ts';
import { findSourceNat } from '../source-nat.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import { TIME_WAIT_SECONDS } from './reuse.ts';
import type { ReuseGroup } from './snat-port-reuse.ts';

/** So many connects tell no more than the first few. */
const ENOUGH = 6;

/** Points at the packets and events of the connects, at the rule that translates, and at the timeout. */
export function reuseEvidence({ members }: ReuseGroup, incident: Incident): Evidence[] {
  const shown = members.slice(0, ENOUGH).flatMap(({ evidence }) => evidence);
  // Rules and timeouts are those of the other end, where only the outside was captured.
  if (members[0].basis === 'outside') return shown;
  return [
    ...shown,
    ...findSourceNat(incident)
      .filter(({ rule }) => rule !== null)
      .slice(0, 1)
      .map(({ place }) => ({ ...place, packet: null, says: 'This rule chooses the port.' })),
    ...sysctlEvidence(incident, TIMEOUT, (value) =>
      Number(value) < TIME_WAIT_SECONDS
        ? `A port is free again ${value} s after its connection was closed.`
        : `A port is free again ${value} s after its connection was closed, which is long enough.`,
    ),
  ];
}

/** How long the entry of a closed connection keeps its port. */
export const TIMEOUT = 'net.netfilter.nf_conntrack_tcp_timeout_time_wait';
