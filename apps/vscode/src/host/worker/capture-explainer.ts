import type { Explanation } from '@tuplescope/packet-explainer';
import type { ExplanationKernel } from '@tuplescope/report';
import type { ExplainedLineage } from './explained-packets.ts';
import type { LineageIndex } from './lineage-index.ts';

/** What one kernel does with the packets of one capture, as it is asked for. */
export interface CaptureExplainer {
  readonly kernel: ExplanationKernel;
  /** Judges every packet, once. */
  judge(): Promise<JudgedCapture>;
  /** Says which packets belong together; null before they are judged. */
  lineages(): LineageIndex | null;
  /**
   * Explains groups of packets; one that has too many is left out.
   *
   * @param numbers the packets of them that are asked about, where not all are.
   */
  explain(
    lineages: ReadonlySet<number>,
    numbers?: ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, LineageInCapture>>;
}

/** A group of packets, explained, as one capture has it. */
export interface LineageInCapture extends Pick<ExplainedLineage, 'lineage'> {
  find(n: number): Explanation | undefined;
}

/** The verdicts of a capture. */
export interface JudgedCapture {
  /** By the packet's number, the first at 0. */
  readonly verdicts: Uint8Array;
  /** Packets that the kernel would have treated otherwise. */
  readonly contradictions: number;
  /** Packets of connections that are too long to be judged. */
  readonly unjudged: number;
}
