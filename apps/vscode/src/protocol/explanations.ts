/** What a kernel does with some packets of a capture, as columns: row `i` is the `i`th that was asked for. */
export interface ExplainedRows {
  /** NEW, ESTABLISHED, INVALID …; empty where the packet is not explained. */
  readonly ctstate: readonly string[];
  /** One sentence for each. */
  readonly says: readonly string[];
  /** Whether this kernel would have done what the capture shows. */
  readonly expected: readonly boolean[];
}

/** The kernel that packets are explained by. */
export interface ExplainingKernel {
  /** Its profile's name. */
  readonly profile: string;
  readonly title: string;
  readonly confidence: string;
  readonly why: string;
  /** Packets of the incident that it would have treated otherwise. */
  readonly contradictions: number;
}

/** All that is explained of one packet. */
export interface ExplainedPacket {
  readonly ctstate: string;
  readonly says: string;
  readonly details: readonly string[];
  readonly rule: string;
  /** The numbers that the rule compared, by name. */
  readonly values: readonly (readonly [name: string, value: number])[];
  /** What the kernel writes to its log, or null. */
  readonly log: string | null;
  /** Commits without which it would have been otherwise. */
  readonly commits: readonly string[];
  /** The entry before and after, in words; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  /** Why this kernel would not have done what the capture shows, or null. */
  readonly contradiction: string | null;
  /** The ladder of its connection, an SVG document; null where nothing is drawn. */
  readonly ladder: string | null;
}

/** Why packets are not explained. */
export type NotExplained = 'not-read' | 'too-many';

/** Which packets, by which kernel. */
export interface ExplainWanted {
  /** The capture's name in the incident. */
  readonly path: string;
  /** A profile's name, or null for the incident's own kernel. */
  readonly profile: string | null;
}

/** What a worker explains of the incident that it has read. */
export interface ExplanationsApi {
  explainKernel(wanted: ExplainWanted): ExplainingKernel | NotExplained;
  explainRows(wanted: ExplainWanted & { numbers: Uint32Array }): ExplainedRows | NotExplained;
  explainPacket(wanted: ExplainWanted & { n: number }): ExplainedPacket | null;
}
