import type { Detection, Finding, KernelAssessment } from '@tuplescope/collision-detector';
import { type Incident, packetCapturesOf } from '@tuplescope/incident';
import { profileFor } from '@tuplescope/kernel-model';
import {
  compareProfiles,
  nearestProfiles,
  readIncidentPackets,
} from '@tuplescope/packet-explainer';

/** Of these a capture shows how conntrack judged their packets. */
const TELLING: readonly Finding['family'][] = ['outbound-port-collision', 'half-closed-leak'];

/**
 * Asks the packets of an incident which kernels could have sent them so: what contradicts the kernel
 * that the incident names, and which profiles fit. Only where a finding makes packets tell something.
 */
export function kernelByPackets(
  incident: Incident,
  { kernel, findings }: Detection,
): Pick<KernelAssessment, 'contradictedBy' | 'consistentProfiles'> {
  const { contradictedBy, consistentProfiles } = kernel;
  const tells = findings.some(({ family }) => TELLING.includes(family));
  if (!tells || packetCapturesOf(incident.captures).length === 0) {
    return { contradictedBy, consistentProfiles };
  }
  const packets = readIncidentPackets(incident);
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
