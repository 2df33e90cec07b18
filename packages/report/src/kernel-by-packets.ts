import type { Detection, Finding, KernelAssessment } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { profileFor } from '@tuplescope/kernel-model';
import {
  compareProfiles,
  nearestProfiles,
  readIncidentPackets,
} from '@tuplescope/packet-explainer';

/** Of the packets of these a capture shows how conntrack judged them. */
const TELLING: readonly Finding['family'][] = ['outbound-port-collision', 'half-closed-leak'];

/** So many ports are looked at: what packets tell of a kernel they tell on each. */
const MOST_PORTS = 100;

/**
 * Asks the packets of an incident which kernels could have sent them so: what contradicts the kernel
 * that the incident names, and which profiles fit. Only where a finding makes packets tell something.
 */
export function kernelByPackets(
  incident: Incident,
  { kernel, findings }: Detection,
): Pick<KernelAssessment, 'contradictedBy' | 'consistentProfiles'> {
  const { contradictedBy, consistentProfiles } = kernel;
  const telling = findings.filter(
    ({ family, evidence }) =>
      TELLING.includes(family) && evidence.some(({ packet }) => packet !== null),
  );
  if (telling.length === 0) {
    return { contradictedBy, consistentProfiles };
  }
  const ports = telling.flatMap((finding) => finding.ports).slice(0, MOST_PORTS);
  const packets = readIncidentPackets(incident, new Set(ports));
  const fitting = compareProfiles(packets).filter(
    ({ contradictions }) => contradictions.length === 0,
  );
  const fits = fitting.map(({ profile }) => profile);
  const named = kernel.profile === null ? null : profileFor(kernel.profile).profile;
  const [own] = named === null ? [] : compareProfiles(packets, { profiles: [named] });
  const against = own?.contradictions ?? [];
  const near = named === null || against.length === 0 ? [] : nearestProfiles(packets, named);
  return {
    contradictedBy:
      against.length === 0
        ? contradictedBy
        : against.map(({ file, n, why }) => ({ file, packet: n, why })),
    consistentProfiles: [...new Set([...near, ...fits].map(({ id }) => id))],
  };
}
