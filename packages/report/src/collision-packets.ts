import { type Incident, packetCapturesOf } from '@tuplescope/incident';
import { type ChosenLineage, chooseLineages } from './explanation/choose-lineages.ts';
import type { ExplanationKernel } from './explanation/explanation-report.ts';
import { makeExplanationReport } from './explanation/make-explanation-report.ts';
import type { Report, ReportFinding } from './report.ts';

/** Of these the packets show what happened. */
const TOLD_BY_PACKETS: readonly ReportFinding['family'][] = [
  'outbound-port-collision',
  'inbound-port-collision',
];

/** The packets of a collision, explained. */
export interface CollisionPackets {
  /** Index of the finding that they belong to. */
  readonly finding: number;
  readonly port: number;
  readonly kernel: ExplanationKernel;
  readonly chosen: ChosenLineage;
}

/**
 * Explains the packets of the first collision of a report that was captured, or gives null where none
 * was. One is enough to see what happens; explaining all of a large capture would take long.
 */
export function collisionPackets(
  report: Report,
  incidents: readonly Incident[],
): CollisionPackets | null {
  for (const [finding, { family, namespace, ports }] of report.findings.entries()) {
    const [port] = ports;
    if (port === undefined || !TOLD_BY_PACKETS.includes(family)) continue;
    const own = incidents.filter(
      (incident) =>
        (incident.namespace ?? undefined) === namespace &&
        packetCapturesOf(incident.captures).length > 0,
    );
    if (own.length === 0) continue;
    const { kernel, lineages } = makeExplanationReport(own, report.tool.version, { port });
    const [chosen] = chooseLineages(lineages, 1).chosen;
    if (chosen !== undefined && chosen.notice.collisions > 0) {
      return { finding, port, kernel, chosen };
    }
  }
  return null;
}
