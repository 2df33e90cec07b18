import type { ExplainingKernel } from './explanations.ts';

/** A socket that a listing shows. */
export interface SentSocket {
  readonly localPort: number;
  readonly peerPort: number;
  readonly seenAt: number | null;
  readonly local: string;
  readonly peer: string;
  readonly state: string;
  readonly process: string | null;
}

/** A conntrack entry that was listed or told of: with the times at which it was there and gone. */
export interface SentEntry {
  readonly orig: SentTuple;
  readonly reply: SentTuple;
  /** When it was gone, ascending. */
  readonly goneAt: readonly number[];
  /** What listings showed of it, in the order of time. */
  readonly seen: readonly { readonly at: number; readonly input: unknown }[];
}

/** One direction of a connection. */
export interface SentTuple {
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
}

/** What an incident tells besides its packets. */
export interface SentKnowledge {
  /** Its kernel by uname, or null. */
  readonly kernel: ExplainingKernel | null;
  readonly localAddresses: readonly string[];
  readonly interceptionPorts: readonly number[];
  readonly proxies: readonly string[];
  readonly sysctls: Readonly<Record<string, unknown>>;
  readonly sockets: readonly SentSocket[];
  readonly entries: readonly SentEntry[];
  /** When whole listings were taken: an entry that is in none was gone then. */
  readonly listedAt: readonly number[];
}
