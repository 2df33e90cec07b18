import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, formatTuple } from '@tuplescope/net';
import type { Evidence } from '../finding.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import { wholeCapture } from '../whole-capture.ts';
import type { Drift } from './conntrack-socket-drift.ts';
import { wholeSocketListings } from './whole-socket-listings.ts';

/** So many rows tell no more than the first few. */
const ENOUGH = 6;

/** Points at entries and at the listing of sockets that lacks theirs, or the other way round. */
export function driftEvidence(drift: Drift, incident: Incident): Evidence[] {
  if (drift.kind === 'forgotten') {
    const [{ listing }] = drift.sockets;
    return [
      ...drift.sockets.slice(0, ENOUGH).map(({ socket, local, peer }) => ({
        ...socket.place,
        packet: null,
        says: `An open connection, ${formatEndpoint(local)} ↔ ${formatEndpoint(peer)}.`,
      })),
      wholeCapture(listing, "conntrack's listing of the same snapshot has no entry of these."),
    ];
  }
  const [{ snapshot }] = drift.entries;
  const shown = incident.snapshots[snapshot];
  const sockets = shown === undefined ? [] : wholeSocketListings(shown).slice(0, 1);
  const key = drift.kind === 'flood' ? 'close_wait' : 'established';
  return [
    ...drift.entries.slice(0, ENOUGH).map(({ place, state, orig, timeout }) => ({
      ...place,
      packet: null,
      says: `An entry in ${state}, ${formatTuple(orig)}, with ${timeout} s left.`,
    })),
    ...sockets.map((listing) =>
      wholeCapture(listing, 'The sockets of the same snapshot: none belongs to these entries.'),
    ),
    ...sysctlEvidence(
      incident,
      `net.netfilter.nf_conntrack_tcp_timeout_${key}`,
      (value) => `An entry in this state stays for ${value} s without a packet.`,
    ),
  ];
}
