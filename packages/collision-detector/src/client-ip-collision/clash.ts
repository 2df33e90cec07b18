import type { Tuple } from '@tuplescope/net';
import type { Evidence } from '../finding.ts';

/** What shows that the SYN came another way than the connection that has its tuple. */
export type OtherWay =
  /** The earlier connection's client went on sending with its own numbers. */
  | 'goes-on'
  /** Another count of hops. */
  | 'ttl'
  /** Another neighbour handed it over. */
  | 'mac';

/** Two connections with one tuple, or one that came back to its own client. */
export type Clash = {
  /** The tuple that both have; of one that came back, as its client sees it. */
  readonly client: Tuple;
  readonly isConnected: boolean;
  readonly syns: number;
  readonly evidence: readonly Evidence[];
} & (
  | {
      readonly kind: 'two-ways';
      readonly shows: readonly [OtherWay, ...OtherWay[]];
      readonly hops: Hops;
    }
  | {
      readonly kind: 'hairpin';
      /** Both the SYN that left and the one that came back were captured. */
      readonly isWhole: boolean;
      readonly hops: Hops;
    }
);

/** The time to live of the first SYN and of the second, null where the capture does not tell. */
export interface Hops {
  readonly first: number | null;
  readonly second: number | null;
}
