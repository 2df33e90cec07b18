import type { Incident } from '@tuplescope/incident';
import type { KernelAssessment } from './assess-kernel.ts';
import type { Finding } from './finding.ts';
import type { IncidentPackets } from './incident-packets.ts';
import type { JoinedAttempt } from './join-attempts.ts';
import type { StaleSocket } from './stale-sockets.ts';
import type { TroubledConnect } from './troubled-connects.ts';

/** What is worked out once of an incident and used by several families. */
export interface DetectionContext {
  readonly kernel: KernelAssessment;
  /** The proxies' half-closed sockets behind interception ports, as each snapshot shows them. */
  readonly staleSockets: readonly StaleSocket[];
  /** The connects that met such a socket, each joined from all the sources that show it. */
  readonly attempts: readonly JoinedAttempt[];
  /** The packets of all captures by connection; put together when first asked for. */
  readonly packets: () => IncidentPackets;
  /** The connects among them that met something on their way. */
  readonly troubled: () => readonly TroubledConnect[];
}

/** Finds the collisions of one family; never throws, takes time linear in the incident. */
export type Detector = (incident: Incident, context: DetectionContext) => readonly Finding[];
