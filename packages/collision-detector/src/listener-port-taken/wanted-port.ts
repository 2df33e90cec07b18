import type { Evidence } from '../finding.ts';

/** Why somebody is known to want to listen on a port. */
export type WantedBy =
  /** A program tells that it could not. */
  | 'error'
  /** Rules send traffic to its listener: a proxy's, a NodePort, a hostPort. */
  | 'rule'
  /** Somebody listens on it in another snapshot. */
  | 'listener';

/** A port that somebody wants to listen on, or several of which the same is to be said. */
export interface WantedPorts {
  /** Ascending. */
  readonly ports: readonly [number, ...number[]];
  /** Every reason, the most telling first. */
  readonly by: readonly [WantedBy, ...WantedBy[]];
  readonly evidence: readonly Evidence[];
}
