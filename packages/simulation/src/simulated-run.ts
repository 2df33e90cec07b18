import type { ConnectRun, Mitigation } from '@tuplescope/kernel-model';
import type { SysctlValues } from './incident-sysctls.ts';
import type { Numbering } from './numbering.ts';

/** What came of a connect on one kernel. */
export interface SimulatedRun extends ConnectRun {
  /** Id of the profile. */
  readonly profile: string;
  /** null: nothing was done about it. */
  readonly mitigation: Exclude<Mitigation, 'none'> | null;
  /** Sysctls other than this kernel's defaults: the incident's own, those asked for, the mitigation's. */
  readonly sysctls: SysctlValues;
  /** The sequence numbers, and whether packets show them. */
  readonly numbers: Numbering;
}

/** What cannot be tried on a kernel. */
export interface UnavailableRun {
  readonly profile: string;
  readonly mitigation: Exclude<Mitigation, 'none'> | null;
  /** One sentence. */
  readonly why: string;
}

/** What came of all runs. */
export interface Simulation {
  /** By profile, then by mitigation; two of each where the numbers were not captured. */
  readonly runs: readonly SimulatedRun[];
  readonly unavailable: readonly UnavailableRun[];
}
