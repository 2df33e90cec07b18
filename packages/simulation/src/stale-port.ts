import type { Endpoint } from '@tuplescope/net';

/** A client's port on which a connect meets an old socket of the proxy. */
export interface StalePort {
  /** The client's end, as the proxy's socket has it for its peer. */
  readonly client: Endpoint;
  /** The proxy's end of the old connection: the interception port. */
  readonly local: Endpoint;
  /** The old socket's state as `ss` prints it; FIN-WAIT-2 where packets alone show it. */
  readonly state: string;
  /** The process that holds it, where a listing names one. */
  readonly process: { readonly name: string; readonly pid: number | null } | null;
  /** User id of the proxy, where a listing has it. */
  readonly uid: number | null;
  /** Indices of the snapshots that show it, in time order; empty where packets alone do. */
  readonly sightings: readonly number[];
  /** A connect met it: packets show that, or a snapshot has the connecting socket beside it. */
  readonly isColliding: boolean;
}
