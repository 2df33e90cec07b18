import {
  ALL_PROFILES,
  applyMitigation,
  type ConnectRun,
  createPod,
  MITIGATIONS,
  type Mitigation,
  type PodOptions,
  type Profile,
  type Sysctls,
} from '@tuplescope/kernel-model';
import { SYSCTL_NAMES, type SysctlValues } from './incident-sysctls.ts';
import { numberings } from './numbering.ts';
import type { Scene } from './scene.ts';
import { scenePod } from './scene-pod.ts';
import type { SimulatedRun, Simulation, UnavailableRun } from './simulated-run.ts';

/** What is tried. */
export interface SimulateOptions {
  /** Kernels; every profile that ships where left out. */
  readonly profiles?: readonly Profile[];
  /** Sysctls over those that the incident has set. */
  readonly sysctls?: SysctlValues;
  /** Every one, and none of them, where left out. */
  readonly mitigations?: readonly Mitigation[];
}

/**
 * Connects again in the pod of a scene, on each kernel with each mitigation. The same scene gives the same
 * runs. Where packets do not show the numbers that decide, each is run with one pair of either half.
 *
 * @example
 * const { runs } = simulateConnect(scene, { profiles: [sles], mitigations: ['none', 'be-liberal'] });
 * runs.map(({ outcome }) => outcome) // ['timed-out', 'connected']
 */
export function simulateConnect(scene: Scene, options: SimulateOptions = {}): Simulation {
  const { profiles = ALL_PROFILES, mitigations = MITIGATIONS, sysctls = {} } = options;
  const runs: SimulatedRun[] = [];
  const unavailable: UnavailableRun[] = [];
  const known = new Map<string, ConnectRun>();
  const asked = Object.entries({ ...scene.sysctls.set, ...sysctls });
  for (const profile of profiles) {
    const missing = Object.keys(sysctls).filter((name) => lacks(profile, name as keyof Sysctls));
    const own = Object.fromEntries(
      asked.filter(([name]) => !lacks(profile, name as keyof Sysctls)),
    );
    for (const one of mitigations) {
      const mitigation = one === 'none' ? null : one;
      if (missing.length > 0) {
        const why = `${profile.id} has no sysctl ${missing.join(', ')}.`;
        unavailable.push({ profile: profile.id, mitigation, why });
        continue;
      }
      for (const numbers of numberings(scene.numbers)) {
        const { pod, connect } = scenePod(scene, numbers);
        const altered = applyMitigation({ ...pod, profile, sysctls: own }, one, scene.old.to);
        if (altered === null) {
          const why = `${profile.id} has no sysctl for ${one}.`;
          unavailable.push({ profile: profile.id, mitigation, why });
          break;
        }
        // Kernels that do the same, do the same here.
        const key = JSON.stringify([
          profile.commits,
          profile.sysctls,
          altered.sysctls,
          one,
          numbers.half,
        ]);
        const run = known.get(key) ?? createPod(altered).connect(connect);
        known.set(key, run);
        runs.push({
          profile: profile.id,
          mitigation,
          sysctls: changed(profile, altered),
          numbers,
          ...run,
        });
      }
    }
  }
  return { runs, unavailable };
}

function lacks({ sysctls }: Profile, name: keyof Sysctls): boolean {
  return sysctls[name] === null;
}

/** The sysctls of a pod that are not its kernel's defaults. */
function changed({ sysctls: defaults }: Profile, { sysctls = {} }: PodOptions): SysctlValues {
  const names = SYSCTL_NAMES.filter(
    (name) => sysctls[name] !== undefined && String(sysctls[name]) !== String(defaults[name]),
  );
  return Object.fromEntries(names.map((name) => [name, sysctls[name]]));
}

/** Gives one run for each numbering, or none where it cannot be tried. */
export function runsOf(
  scene: Scene,
  profile: Profile,
  mitigation: Mitigation,
  sysctls: SysctlValues = {},
): readonly SimulatedRun[] {
  return simulateConnect(scene, { profiles: [profile], mitigations: [mitigation], sysctls }).runs;
}
