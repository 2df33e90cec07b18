import type { Incident } from '@tuplescope/incident';
import { type MitigationTrial, tryMitigations } from '@tuplescope/simulation';
import type { KernelAssessment } from './assess-kernel.ts';
import type { Family, Finding, Mitigation } from './finding.ts';
import { ACTIONS } from './mitigations.ts';
import { trustedProfile } from './trusted-profile.ts';

/** The families whose connect, or whose late close, a simulated pod can repeat. */
const SIMULATED: readonly Family[] = ['outbound-port-collision', 'half-closed-leak'];

/** Which of a finding's mitigations is which of the simulation's. */
const NAMES: ReadonlyMap<string, MitigationTrial['mitigation']> = new Map([
  [ACTIONS.beLiberal, 'be-liberal'],
  [ACTIONS.ignoreInvalidRst, 'ignore-invalid-rst'],
  [ACTIONS.dropInvalid, 'drop-invalid'],
  [ACTIONS.closeWait, 'close-wait-3600'],
]);

/**
 * Tries the mitigations of findings in a simulated pod that is built from this very incident, on the
 * kernel that it names; what cannot be tried there keeps its source. Where packets contradict that
 * kernel, nothing is tried on it.
 */
export function withTriedMitigations(
  incident: Incident,
  kernel: KernelAssessment,
  findings: readonly Finding[],
): Finding[] {
  const profile = trustedProfile(kernel);
  if (profile === null) return [...findings];
  const known = new Map<number, readonly MitigationTrial[]>();
  return findings.map((finding) => {
    const [port] = finding.ports;
    if (port === undefined || !SIMULATED.includes(finding.family)) return finding;
    const trials = known.get(port) ?? tryMitigations(incident, { profile, port });
    known.set(port, trials);
    const tried = (mitigation: Mitigation): Mitigation =>
      triedMitigation(finding.family, mitigation, trials);
    return { ...finding, mitigations: finding.mitigations.map(tried) };
  });
}

function triedMitigation(
  family: Family,
  mitigation: Mitigation,
  trials: readonly MitigationTrial[],
): Mitigation {
  const name = NAMES.get(mitigation.action);
  const trial = trials.find((one) => one.mitigation === name);
  if (trial === undefined || trial.verifiedBy !== 'simulation') return mitigation;
  const keepsLeakAway = name === 'close-wait-3600' && trial.preventsLeak !== null;
  // A leak is about what the late close leaves behind, a collision about the connect.
  if (family === 'half-closed-leak' && !keepsLeakAway) return mitigation;
  return {
    ...mitigation,
    works: keepsLeakAway ? trial.preventsLeak === true : trial.works,
    verifiedBy: 'simulation',
    why: trial.why,
    sideEffects: trial.sideEffects,
  };
}
