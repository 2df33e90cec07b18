import type { Tuple } from '@tuplescope/net';

/** A kind of collision. */
export type Family =
  | 'half-closed-leak'
  | 'outbound-port-collision'
  | 'inbound-port-collision'
  | 'ephemeral-port-exhaustion'
  | 'listener-port-taken'
  | 'invalid-packet-reset'
  | 'loose-pickup'
  | 'nat-insert-race'
  | 'snat-port-reuse'
  | 'ipvs-port-reuse'
  | 'client-ip-collision'
  | 'conntrack-socket-drift'
  | 'conntrack-table-full'
  | 'paws-drop';

/**
 * When: `latent` waits for the next connect that gets the port, `active` collides in the last
 * snapshot, `past` was over by then.
 */
export type State = 'active' | 'past' | 'latent';

/** How sure a statement is. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A record that supports a finding, with its place. */
export interface Evidence {
  /** The file's name. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Byte offset of the first byte in the file. */
  readonly start: number;
  /** Byte offset after the last byte. */
  readonly end: number;
  /** Number of the packet in its capture, from 1, or null where it is no packet. */
  readonly packet: number | null;
  /** What this record shows, in a sentence. */
  readonly says: string;
}

/** A process that a finding is about. */
export interface InvolvedProcess {
  /** Its part in the matter. */
  readonly role: string;
  /** Command name, as the kernel keeps it (15 characters at most). */
  readonly name: string;
  /** Process id in the namespace that was listed. */
  readonly pid: number | null;
  /** File descriptor of the socket. */
  readonly fd: number | null;
}

/** Evidence that would make a finding surer, and how to get it. */
export interface MissingEvidence {
  /** What is not there, and what it would tell. */
  readonly what: string;
  /** The command that gets it, for this pod. */
  readonly command: string;
}

/** Something that may be done about a finding. */
export interface Mitigation {
  /** What to do. */
  readonly action: string;
  /** The command that does it, or empty where it is no command. */
  readonly command: string;
  /** Whether it helps here; a remedy that is often tried and does not help is listed as such. */
  readonly works: boolean;
  /** What the answer rests on. */
  readonly verifiedBy: 'simulation' | 'source' | 'none';
  /** Why it helps, or does not. */
  readonly why: string;
  /** What else it changes. */
  readonly sideEffects: string;
}

/** What the detector says of some ports. */
export interface Finding {
  readonly family: Family;
  readonly state: State;
  readonly confidence: Confidence;
  /** Why the confidence is what it is. */
  readonly confidenceReason: string;
  /**
   * The ports that it is about, ascending: the client's; where local ports run out, the destination's
   * that they are needed for; where a listener's is taken, that one.
   */
  readonly ports: readonly number[];
  /** The client's tuples before NAT, where they are known. */
  readonly tuples: readonly Tuple[];
  readonly process: readonly InvolvedProcess[];
  /** One sentence that a tired person understands. */
  readonly summary: string;
  /** What happened, step by step. */
  readonly story: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly missing: readonly MissingEvidence[];
  readonly mitigations: readonly Mitigation[];
  /** Addresses of reports and commits about this. */
  readonly sources: readonly string[];
}
