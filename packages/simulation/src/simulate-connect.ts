import {
  ALL_PROFILES,
  applyMitigation,
  type ConnectOptions,
  type ConnectRun,
  createPod,
  MITIGATIONS,
  type Mitigation,
  type PodOptions,
  type Profile,
  type Sysctls,
  TrackerError,
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
  const known = new Map<string, Attempt>();
  for (const profile of profiles) {
    const missing = Object.keys(sysctls).filter((name) => lacks(profile, name));
    const own = sysctlsOf(scene, profile, sysctls);
    for (const one of mitigations) {
      const mitigation = one === 'none' ? null : one;
      const refuse = (why: string): void => {
        unavailable.push({ profile: profile.id, mitigation, why });
      };
      if (missing.length > 0) {
        refuse(`${profile.id} has no sysctl ${missing.join(', ')}.`);
        continue;
      }
      for (const numbers of numberings(scene.numbers)) {
        const { pod, connect } = scenePod(scene, numbers);
        const altered = applyMitigation({ ...pod, profile, sysctls: own }, one, scene.old.to);
        if (altered === null) {
          refuse(`${profile.id} has no sysctl for ${one}.`);
          break;
        }
        // Kernels that do the same, do the same here.
        const { commits, sysctls: defaults } = profile;
        const key = JSON.stringify([commits, defaults, altered.sysctls, one, numbers.half]);
        const run = known.get(key) ?? attempt(altered, connect);
        known.set(key, run);
        if ('why' in run) {
          refuse(run.why);
          break;
        }
        const changes = changed(profile, altered);
        runs.push({ profile: profile.id, mitigation, sysctls: changes, numbers, ...run });
      }
    }
  }
  return { runs, unavailable };
}

type Attempt = ConnectRun | { readonly why: string };

/** Connects, or says why no pod can be made: what one listing shows may contradict another. */
function attempt(pod: PodOptions, connect: ConnectOptions): Attempt {
  try {
    return createPod(pod).connect(connect);
  } catch (error) {
    if (error instanceof TrackerError && error.code !== 'bad-sysctl') {
      return { why: `The model cannot make this pod: ${error.message}.` };
    }
    throw error;
  }
}

/** The sysctls that a kernel takes: what the incident has set, and over it what is asked for. */
export function sysctlsOf(
  { sysctls: { set } }: Scene,
  profile: Profile,
  sysctls: SysctlValues,
): SysctlValues {
  const asked = Object.entries({ ...set, ...sysctls });
  return Object.fromEntries(asked.filter(([name]) => !lacks(profile, name)));
}

function lacks({ sysctls }: Profile, name: string): boolean {
  return sysctls[name as keyof Sysctls] === null;
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
