import type { Basis } from './basis.ts';

/** The short name of a behaviour difference, as `--profile BASE-with-NAME` takes it. */
export type CommitName =
  | 'challenge-ack-fix'
  | 'challenge-limit-off'
  | 'delayed-pass'
  | 'destroy-state'
  | 'dst-port-from-start'
  | 'early-syn-resend'
  | 'evict-closing-reply'
  | 'exact-rst'
  | 'ignore-rst-sysctl'
  | 'invalid-close-timeout'
  | 'keep-liberal'
  | 'keepalive-pickup'
  | 'linear-syn-timeouts'
  | 'log-devices'
  | 'log-ignored-direction'
  | 'log-invalid-direction'
  | 'log-invalid-new'
  | 'log-lowered-timeout'
  | 'no-syn-renewal'
  | 'overshoot-allowance'
  | 'paws-challenges-syn'
  | 'perturbed-ports'
  | 'port-range-step-one'
  | 'port-step-width'
  | 'raw-window'
  | 'reinit-syn-only'
  | 'reinit-synack'
  | 'repeat-not-invalid'
  | 'reuse-rst'
  | 'rst-direction'
  | 'rst-unack'
  | 'scale-from-reply'
  | 'silent-short-packet';

/**
 * The part of the kernel that a commit changes. `tracker` is what decides verdict, state and
 * timeout of a connection tracking entry; the others leave these alone.
 */
export type CommitSide = 'tracker' | 'nat' | 'log' | 'event' | 'counter' | 'socket';

/** Where a commit went besides mainline. */
export interface Backport {
  /** The release line: `6.1` for stable 6.1.y, `el8` for Red Hat's 4.18.0-N.el8. */
  readonly line: string;
  /**
   * First version of the line known to have it: the last number of 6.1.9, or N of 4.18.0-N.el8.
   * null: it must have come to this line (older lines have it), nobody saw where.
   */
  readonly from: number | null;
  /**
   * Last version of the line known to lack it. Versions between this and `from` are undecided;
   * where the two are neighbours, `from` is exact.
   */
  readonly lastWithout: number;
  readonly basis: Basis;
}

/** One behaviour difference between kernels: an upstream commit (or an inseparable few). */
export interface Commit {
  readonly name: CommitName;
  /** First 12 hex digits of the mainline commit; null where the commit's id is not known. */
  readonly hash: string | null;
  /** Other commits without which this one is not complete. */
  readonly alongside?: readonly string[];
  /** What it does, in the words of this project. */
  readonly title: string;
  readonly side: CommitSide;
  /** First mainline version with it, `6.8` or, where it matters, `5.18-rc5`. */
  readonly since: string;
  /**
   * Last mainline version known to lack it, where that is not the one before `since`: those
   * between are undecided.
   */
  readonly lastWithout?: string;
  readonly backports: readonly Backport[];
  /** What it changes for somebody who watches connections. */
  readonly effect: string;
  /** How `since` and the behaviour are known. */
  readonly basis: Basis;
}
