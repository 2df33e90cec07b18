import type { CaptureOf, Place } from '@tuplescope/incident';

/** How full the source ports are from one address toward one other endpoint, in one snapshot. */
export interface Fill {
  /** Who chooses the ports: the kernel for a program's connect, or NAT for what it translates. */
  readonly chooser: 'connect' | 'nat';
  /** Index of the snapshot. */
  readonly snapshot: number;
  /** The address that the ports are of. */
  readonly src: string;
  readonly dst: string;
  readonly dport: number;
  /** How many ports there are to choose from. */
  readonly usable: number;
  /** Ports that sockets hold. */
  readonly held: number;
  /** Those of them that are in TIME-WAIT. */
  readonly inTimeWait: number;
  /** Ports that conntrack entries hold. */
  readonly tracked: number;
  /** The first records, to be pointed at, and the listings that they are of. */
  readonly examples: readonly Place[];
  readonly sockets: CaptureOf<'ss'> | null;
  readonly entries: CaptureOf<'conntrack'> | null;
}
