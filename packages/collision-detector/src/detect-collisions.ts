import type { Incident } from '@tuplescope/incident';
import { assessKernel, type KernelAssessment } from './assess-kernel.ts';
import { attemptsInEvents } from './attempts-in-events.ts';
import { attemptsInLog } from './attempts-in-log.ts';
import { attemptsInPackets } from './attempts-in-packets.ts';
import { attemptsInSnapshots } from './attempts-in-snapshots.ts';
import { findClientIpCollisions } from './client-ip-collision/client-ip-collision.ts';
import { findDrifts } from './conntrack-socket-drift/conntrack-socket-drift.ts';
import { findFullTables } from './conntrack-table-full/conntrack-table-full.ts';
import type { DetectionContext, Detector } from './detector.ts';
import { findPortExhaustion } from './ephemeral-port-exhaustion/ephemeral-port-exhaustion.ts';
import type { Finding, State } from './finding.ts';
import { findHalfClosedLeaks } from './half-closed-leak.ts';
import { findInboundPortCollisions } from './inbound-port-collision/inbound-port-collision.ts';
import { incidentPackets } from './incident-packets.ts';
import { findInvalidPacketResets } from './invalid-packet-reset/invalid-packet-reset.ts';
import { findIpvsPortReuses } from './ipvs-port-reuse/ipvs-port-reuse.ts';
import { joinAttempts } from './join-attempts.ts';
import { findTakenListenerPorts } from './listener-port-taken/listener-port-taken.ts';
import { findLoosePickups } from './loose-pickup/loose-pickup.ts';
import { findInsertRaces } from './nat-insert-race/nat-insert-race.ts';
import { once } from './once.ts';
import { findOutboundPortCollisions } from './outbound-port-collision.ts';
import { findPawsDrops } from './paws-drop/paws-drop.ts';
import { findSnatPortReuses } from './snat-port-reuse/snat-port-reuse.ts';
import { findStaleSockets } from './stale-sockets.ts';
import { withTriedMitigations } from './tried-mitigations.ts';
import { troubledConnects } from './troubled-connects.ts';

/** What the detector says of an incident. */
export interface Detection {
  readonly kernel: KernelAssessment;
  /** What is active first, then latent, then past. */
  readonly findings: readonly Finding[];
}

/** Every family's detector; of findings in one state those named first come first. */
const DETECTORS: readonly Detector[] = [
  findOutboundPortCollisions,
  findHalfClosedLeaks,
  findInboundPortCollisions,
  findPortExhaustion,
  findTakenListenerPorts,
  findInvalidPacketResets,
  findLoosePickups,
  findInsertRaces,
  findSnatPortReuses,
  findIpvsPortReuses,
  findClientIpCollisions,
  findDrifts,
  findFullTables,
  findPawsDrops,
];

const ORDER: readonly State[] = ['active', 'latent', 'past'];

/**
 * Finds the ports that collide in an incident: sockets, conntrack entries and events, counters, log
 * lines and packets are joined by their tuples and times, each finding says how sure it is and why.
 *
 * @example
 * detectCollisions(incident).findings[0].summary
 * // 'Port 44410 collides: nc (pid 144426, fd 3) cannot connect to 172.21.206.198:7777, because …'
 */
export function detectCollisions(incident: Incident): Detection {
  const context = contextOf(incident);
  const found = DETECTORS.flatMap((detector) => detector(incident, context));
  const findings = withTriedMitigations(incident, context.kernel, found);
  return {
    kernel: context.kernel,
    findings: findings.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
  };
}

function contextOf(incident: Incident): DetectionContext {
  const staleSockets = findStaleSockets(incident);
  const attempts = joinAttempts([
    ...attemptsInPackets(incident),
    ...attemptsInEvents(incident),
    ...attemptsInSnapshots(incident, staleSockets),
    ...attemptsInLog(incident),
  ]);
  const packets = once(() => incidentPackets(incident));
  return {
    staleSockets,
    attempts,
    kernel: assessKernel(incident, attempts),
    packets,
    troubled: once(() => troubledConnects(incident, packets())),
  };
}
