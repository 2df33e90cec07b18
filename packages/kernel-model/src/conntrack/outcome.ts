import type { ConntrackEvent } from './conntrack-event.ts';
import { type DirectionNumber, ORIGINAL } from './direction.ts';

/** What conntrack says of a packet, as nftables' `ct state` and iptables' `--ctstate` name it. */
export type Ctstate = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';

/** What became of a packet, written anew for each. */
export interface Outcome {
  ctstate: Ctstate;
  /** Of the packet in the entry that it met or made. */
  direction: DirectionNumber;
  /** Slot of the entry that the lookup found, or -1. */
  met: number;
  /** Slot of the entry that the packet belongs to, or -1. */
  slot: number;
  /** The entry was removed by this packet; its slot can still be read. */
  killed: boolean;
  /** The entry that it met was removed, and a new one made. */
  repeated: boolean;
  /** The kernel dropped the packet: no free tuple. */
  dropped: boolean;
  readonly events: ConntrackEvent[];
}

/** Makes an outcome to be written. */
export function createOutcome(): Outcome {
  return {
    ctstate: 'INVALID',
    direction: ORIGINAL,
    met: -1,
    slot: -1,
    killed: false,
    repeated: false,
    dropped: false,
    events: [],
  };
}

/** Begins a packet: INVALID until something else is found. */
export function clearOutcome(outcome: Outcome): void {
  outcome.ctstate = 'INVALID';
  outcome.direction = ORIGINAL;
  outcome.met = -1;
  outcome.slot = -1;
  outcome.killed = false;
  outcome.repeated = false;
  outcome.dropped = false;
  if (outcome.events.length > 0) outcome.events.length = 0;
}
