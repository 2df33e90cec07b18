import type { Endpoint, Tuple } from '@tuplescope/net';
import type { Evidence, State } from '../finding.ts';

/** A connection whose source port NAT changed, because another of the same client had it. */
export interface Remap {
  readonly client: Endpoint;
  /** The interception port that both were redirected to. */
  readonly interceptionPort: number;
  /** The connection that was moved, as its client opened it. */
  readonly moved: Tuple;
  /** The source port that the proxy sees instead. */
  readonly to: number;
  /** The connection that had the port, or null where no record shows it. */
  readonly first: Tuple | null;
  readonly state: State;
  readonly evidence: readonly Evidence[];
}
