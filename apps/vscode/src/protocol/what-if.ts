/** What is tried in the simulated pod. */
export interface WhatIfWanted {
  /** A profile's name, or null for the incident's own kernel. */
  readonly profile: string | null;
  /** The client's port, or null for the first that collides. */
  readonly port: number | null;
  /** Sysctls over those of the incident, by the last part of their names. */
  readonly sysctls: Readonly<Record<string, number>>;
  readonly mitigation: string;
}

/** A packet of a simulated connect. */
export interface SimulatedStep {
  readonly n: number;
  /** Seconds from the first SYN. */
  readonly at: number;
  /** Who sends it, and who gets it: null where nobody does. */
  readonly from: SimulatedLane;
  readonly to: SimulatedLane | null;
  /** The device that it went over; null where it never came to one. */
  readonly device: string | null;
  readonly flags: string;
  readonly ctstate: string;
  readonly isDropped: boolean;
  readonly isTranslated: boolean;
  readonly entry: string | null;
  readonly says: string;
}

/** Where packets of a simulated pod come from and go to. */
export type SimulatedLane = 'app' | 'proxy' | 'peer';

/** What came of one simulated connect. */
export interface SimulatedConnect {
  /** The sequence numbers: as captured, or which half of all stands in for them. */
  readonly numbers: 'captured' | 'ahead' | 'behind';
  readonly outcome: 'connected' | 'timed-out' | 'refused';
  readonly seconds: number;
  /** Why it ended so, in a sentence. */
  readonly why: string;
  readonly steps: readonly SimulatedStep[];
  /** Packets after the last step, that only repeat. */
  readonly more: number;
}

/** What can be tried of an incident, and what came of it. */
export interface WhatIf {
  readonly kernel: { readonly profile: string; readonly title: string };
  /** The connect: `10.0.0.7:44410 → 10.0.0.9:7777`. */
  readonly connect: string;
  readonly port: number;
  /** Ports that can be tried. */
  readonly ports: readonly number[];
  /** Sysctls that can be set, with the values that hold without the reader's choice; null: the kernel has none. */
  readonly sysctls: Readonly<Record<string, number | null>>;
  readonly mitigations: readonly string[];
  /** One for each pair of sequence numbers. */
  readonly runs: readonly SimulatedConnect[];
  /** Why this cannot be tried, or null. */
  readonly unavailable: string | null;
  /** What the incident does not tell and was assumed, in sentences. */
  readonly assumptions: readonly string[];
}

/** What a worker simulates of the incident that it has read. */
export interface WhatIfApi {
  /** Connects again; or says in a sentence why there is nothing to simulate. */
  whatIf(wanted: WhatIfWanted): WhatIf | { readonly problem: string };
}
