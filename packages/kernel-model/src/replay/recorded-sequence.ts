/** An entry as a recording has it. */
export interface RecordedEntry {
  readonly state: string;
  /** Seconds, rounded to what the model can know. */
  readonly timeout: number;
  readonly assured: boolean;
  readonly unreplied: boolean;
  readonly status: number;
  readonly flags: readonly [number, number];
  readonly wscale: readonly [number, number];
  /** Whose packet made the entry: `o` the client's, `r` the server's. */
  readonly orig: 'o' | 'r';
  /** The source port that NAT chose; there only where it differs. */
  readonly natport?: number;
}

/** A packet, and what a kernel did with it. */
export interface RecordedPacket {
  readonly op: 'pkt';
  /** `o` from the client, `r` from the server. */
  readonly dir: 'o' | 'r';
  /** Letters F S R P A U E C. */
  readonly flags: string;
  readonly seq: number;
  readonly ack: number;
  readonly win: number;
  readonly len: number;
  /** The bytes of the header's options. */
  readonly opthex: string;
  readonly forwarded: boolean;
  readonly ctstate: string | null;
  readonly ctdir?: string | null;
  /** Whether an address was translated; only in sequences with NAT. */
  readonly nat?: boolean;
  /** The source port that it left with; there only where NAT changed it. */
  readonly outsport?: number;
  readonly entry: RecordedEntry | null;
  readonly entry2?: RecordedEntry | null;
  readonly ev: readonly string[];
  readonly log: readonly string[];
}

/** Seconds that pass. */
export interface RecordedAdvance {
  readonly op: 'advance';
  readonly sec: number;
  readonly expired: boolean;
  readonly entry: RecordedEntry | null;
  readonly entry2?: RecordedEntry | null;
}

/** The entries are deleted. */
export interface RecordedDelete {
  readonly op: 'delete';
  readonly had: boolean;
  readonly entry: RecordedEntry | null;
  readonly entry2?: RecordedEntry | null;
}

/** One step of a recorded sequence: a packet, time that passes, or the entry's removal. */
export type RecordedStep = RecordedPacket | RecordedAdvance | RecordedDelete;

/** One line of a recording: a sequence of packets on a booted kernel. */
export interface RecordedSequence {
  /** The kernel's release, or an expression as `profileFor` reads it. */
  readonly kernel: string;
  readonly seed: number;
  /** The destination is a service's address, translated to the server's. */
  readonly nat: boolean;
  readonly client: string;
  /** Where the client sends: the server's endpoint, or with NAT the service's. */
  readonly dst: string;
  readonly server: string;
  /** null where the kernel has no such sysctl. */
  readonly sysctls: Readonly<Record<string, number | null>>;
  readonly packets: readonly RecordedStep[];
}
