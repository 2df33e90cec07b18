import type { ConnectOutcome, Mitigation } from '@tuplescope/kernel-model';
import type { LateClose } from './late-close.ts';
import type { SimulatedRun } from './simulated-run.ts';

/** What a mitigation does to a connect, or to the leak behind it. */
export type MitigationEffect =
  /** The connect fails without it and succeeds with it. */
  | 'cures'
  /** The connect fails with it as without. */
  | 'useless'
  /** The connect fails because of it, or the leak becomes worse. */
  | 'worse'
  /** The connect succeeds without it, and with it. */
  | 'unneeded'
  /** This kernel has no such sysctl. */
  | 'unavailable';

/** How a connect ended with some numbers. */
export interface TrialOutcome {
  readonly half: SimulatedRun['numbers']['half'];
  readonly outcome: ConnectOutcome;
  readonly seconds: number;
}

/** A mitigation, tried in the pod of an incident. */
export interface MitigationTrial {
  readonly mitigation: Exclude<Mitigation, 'none'>;
  /** Id of the profile that it was tried on. */
  readonly profile: string;
  readonly effect: MitigationEffect;
  /** It cures: with every numbering the connect succeeds, and without it with one at least it fails. */
  readonly works: boolean;
  /** Two where the sequence numbers were not captured: one for each half of them. */
  readonly without: readonly TrialOutcome[];
  /** Empty where it cannot be tried. */
  readonly with: readonly TrialOutcome[];
  /** The old connection, where its application closes late; null where that cannot be simulated. */
  readonly lateClose: { readonly without: LateClose; readonly with: LateClose } | null;
  /** It keeps the socket from being left behind in the first place; null is not known. */
  readonly preventsLeak: boolean | null;
  /** Why it has this effect, a sentence or two. */
  readonly why: string;
  /** What else it changes, known from the kernel's source and documentation. */
  readonly sideEffects: string;
  /** `none` where the kernel lacks what is asked for. */
  readonly verifiedBy: 'simulation' | 'none';
}
