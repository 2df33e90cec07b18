import type { Tuple } from '@tuplescope/net';
import type { Evidence } from '../finding.ts';

/** A connection that conntrack took up in its middle: its entry had gone, a late packet made another. */
export interface Pickup {
  /** The late packet's tuple, which is the new entry's original one. */
  readonly orig: Tuple;
  /** What the new entry expects in answer: turned round, or translated where a rule redirected it. */
  readonly reply: Tuple;
  /** Index of the last snapshot that lists the entry, or null where only events show it. */
  readonly snapshot: number | null;
  /** How often an entry was made. */
  readonly times: number;
  /** The first answer was a RST: an unanswered entry ends in CLOSE by nothing else. */
  readonly isReset: boolean;
  readonly evidence: readonly Evidence[];
}

/** Who a pickup's late packet came from, and what shows it. */
export interface PickupSides {
  /** The tuple of the connection as its client opened it, before NAT. */
  readonly client: Tuple;
  /** Whether the late packet came from the server: its entry has the two ends the wrong way round. */
  readonly isFromServer: boolean;
  /** An entry of the connection itself is known, or only the ports tell. */
  readonly basis: 'entry' | 'listener' | 'ports';
  /** The connection's own entry as it was last seen, where one is known. */
  readonly earlier: EarlierEntry | null;
}

/** The entry that a connection had before it was taken up in its middle. */
export interface EarlierEntry {
  readonly state: string;
  /** Seconds that it had left when it was deleted; null where it expired, or its end was not seen. */
  readonly deletedWith: number | null;
}
