import type { Endpoint, Tuple } from '@tuplescope/net';
import type { Evidence } from '../finding.ts';

/** How a connection of IPVS meets its port's earlier one. */
export type Stuck = {
  /** The client's tuple, to the virtual service. */
  readonly client: Tuple;
  /** The server that its packets go to. */
  readonly server: Endpoint | null;
  readonly evidence: readonly Evidence[];
} & (
  | {
      /** It goes to a server that gets no new connections any more. */
      readonly kind: 'drained';
      /** A SYN has passed and had no answer; otherwise the port only remembers where it went. */
      readonly isConnecting: boolean;
      /** Index of the snapshot that shows it last, or null. */
      readonly snapshot: number | null;
      /** The server is listed with weight 0, or is not listed any more. */
      readonly weight: 0 | null;
    }
  | {
      /** Its first SYN was dropped, because the port's last connection is remembered. */
      readonly kind: 'delayed';
      readonly seconds: number;
    }
);
