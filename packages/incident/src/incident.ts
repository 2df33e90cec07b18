import type { ClockOffset } from './align-clocks.ts';
import type { Capture } from './capture.ts';
import type { Interception, KernelName, PlacedDropRule } from './facts.ts';

/** The listings that were taken at about the same time: what was there then. */
export interface Snapshot {
  /** The stage folder's name, or empty. */
  readonly name: string;
  /** Seconds since the epoch, or null where nothing says when. */
  readonly at: number | null;
  /** Listings of sockets, entries and counters. */
  readonly captures: readonly Capture[];
}

/** The evidence of one network namespace. */
export interface Incident {
  /** What tells this namespace from the others of the same input, or null where there is one. */
  readonly namespace: string | null;
  /** Everything that was read, in the order of the input's names. */
  readonly captures: readonly Capture[];
  /** The listings, grouped, in time order. */
  readonly snapshots: readonly Snapshot[];
  /** How the clocks of the files differ from the captures' clock. */
  readonly clocks: readonly ClockOffset[];
  /** The pod's own addresses, the most used first. */
  readonly podAddresses: readonly string[];
  /** The kernel, or null where nothing names it. */
  readonly kernel: KernelName | null;
  /** The ports that intercept traffic. */
  readonly interception: readonly Interception[];
  /** The rules that drop TCP packets. */
  readonly dropRules: readonly PlacedDropRule[];
  /** Gives a sysctl's value as text, by its name with dots, or null where no capture has it. */
  readonly sysctl: (key: string) => string | null;
}
