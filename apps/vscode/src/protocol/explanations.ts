import type { HandsOver } from './channel.ts';
import type { SentKnowledge } from './knowledge.ts';
import type { CaptureSource } from './packets.ts';
import type { WhatIfApi } from './what-if.ts';

/** One sentence for each of some packets: row `i` is the `i`th that was asked for. */
export interface ExplainedRows {
  /** Empty where nothing is said. */
  readonly says: readonly string[];
  /** Whether a connection is too long to be explained: its packets have verdicts and no sentences. */
  readonly isTooLong: boolean;
}

/** What conntrack says of every packet of a capture, as bytes of `verdict.ts`. */
export interface CaptureVerdicts extends HandsOver {
  /** By the packet's number, the first at 0. */
  readonly verdicts: Uint8Array;
  /** Packets that the kernel would have treated otherwise. */
  readonly contradictions: number;
  /** Packets of connections that are too long even to be judged. */
  readonly unjudged: number;
}

/** The kernel that packets are explained by. */
export interface ExplainingKernel {
  /** Its profile's name. */
  readonly profile: string;
  readonly title: string;
  readonly confidence: string;
  readonly why: string;
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

/** Why packets are not explained: the capture was not read with its incident, or there are too many. */
export type NotExplained = 'not-read' | 'too-many';

/** Which packets, by which kernel. */
export interface ExplainWanted {
  /** The capture's name in the incident. */
  readonly path: string;
  /** A profile's name, or null for the incident's own kernel. */
  readonly profile: string | null;
}

/** How the packets of a connection are written to a file. */
export type ConnectionFormat = 'text' | 'ndjson' | 'svg';

/** What a worker answers about the packets of a capture that it has. */
export interface ExplainApi {
  explainKernel(wanted: ExplainWanted): ExplainingKernel | NotExplained;
  /**
   * Judges every packet.
   *
   * `than`: the kernel that it is compared with; where the sentences differ, the verdicts say so.
   */
  explainVerdicts(wanted: ExplainWanted & { than?: string | null }): CaptureVerdicts | NotExplained;
  explainRows(wanted: ExplainWanted & { numbers: Uint32Array }): ExplainedRows | NotExplained;
  explainPacket(wanted: ExplainWanted & { n: number }): ExplainedPacket | null;
  /** Gives the numbers of the packets on the ends of a packet's connection, ascending. */
  connectionOf(wanted: ExplainWanted & { n: number }): Uint32Array | null;
  /** Writes the connection of a packet, explained; null where it is not. */
  writeConnection(wanted: ExplainWanted & { n: number; format: ConnectionFormat }): string | null;
}

/** What a worker explains of the incident that it has read. */
export interface ExplanationsApi extends JudgeApi, WhatIfApi {
  /** What is known besides packets, for a capture that was not read with the others. */
  incidentKnowledge(path: string): SentKnowledge;
  /** Writes what happens to the packets on a port, as text; null where no packets are. */
  explainPort(wanted: { port: number | null; profile: string | null }): string | null;
}

/** How far the packets of a large capture are judged. */
export interface JudgeProgress {
  readonly done: number;
  readonly all: number;
}

/** What a worker answers that explains one capture of any size, whatever its name. */
export interface JudgeApi extends ExplainApi {
  /** Takes a capture file, and what its incident tells. */
  openJudge(wanted: { source: CaptureSource; path: string; knowledge: SentKnowledge }): void;
  judgeProgress(): JudgeProgress;
  /** Holds up the judging for a moment: somebody types. */
  pauseJudging(): void;
}
