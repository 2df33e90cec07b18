import type { Endpoint, TcpOptions } from '@tuplescope/net';
import type { Ctstate } from '../conntrack/outcome.ts';
import type { TcpState } from '../conntrack/tcp-state.ts';

/** The entry that a line expects, as `conntrack -L` shows it; null: none. */
export interface ExpectedEntry {
  readonly state: TcpState;
  /** Seconds left; absent where the line does not say. */
  readonly timeout?: number;
  /** A mark that the line does not have is expected not to be there. */
  readonly unreplied: boolean;
  readonly assured: boolean;
}

/** What a line expects; what it does not say is not compared. */
export interface Expectation {
  readonly ctstate?: Ctstate;
  readonly entry?: ExpectedEntry | null;
  /** The message of nf_conntrack_log_invalid, without its prefix. */
  readonly log?: string;
}

/** Where a line stands, and when it happens. */
interface Placed {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Seconds from the beginning. */
  readonly at: number;
  readonly expects: Expectation;
}

/** A line with a packet. */
export interface PacketStep extends Placed {
  readonly kind: 'packet';
  /** `>` is sent by the host under test, `<` comes to it. */
  readonly direction: '>' | '<';
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly flags: string;
  /** Absolute, as the acknowledgement. */
  readonly seq: number;
  readonly ack?: number;
  readonly win: number;
  readonly len: number;
  readonly options?: TcpOptions;
}

/** A line that only looks at the entry. */
export interface CheckStep extends Placed {
  readonly kind: 'check';
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

/** A scenario text, read. */
export interface Scenario {
  /** What its header names; null where it names none. */
  readonly profile: string | null;
  /** Names and numbers of its header, not checked yet. */
  readonly sysctls: Readonly<Record<string, number>>;
  /** Port on this host to which what `>` sends is redirected; null: no NAT. */
  readonly redirect: number | null;
  readonly steps: readonly (PacketStep | CheckStep)[];
}
