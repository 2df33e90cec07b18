import type { Profile } from '@tuplescope/kernel-model';
import {
  type CapturedPackets,
  type Explanation,
  explainPackets,
  judgePackets,
  type Lineage,
  lineageNumbers,
} from '@tuplescope/packet-explainer';
import { verdictOf } from '../../protocol/verdict.ts';
import { type LineageIndex, lineageIndex } from './lineage-index.ts';

/** A longer connection is judged, and not explained: its sentences would fill the memory. */
export const MOST_EXPLAINED = 50_000;

/** Explained packets that are kept: some screens of connections, at about 4 kB a packet. */
const MOST_KEPT = 12_000;

/** What one kernel does with all packets of some captures, as it is asked for. */
export interface ExplainedPackets {
  readonly packets: CapturedPackets;
  /**
   * Judges all packets.
   *
   * @param verdicts of each capture, by the packets' numbers, the first at 0: they are filled in.
   * @returns how many packets the kernel would have treated otherwise.
   */
  judge(verdicts: readonly Uint8Array[]): number;
  /**
   * Notes the group of each packet of a capture, plus 1, by the packet's number.
   *
   * @param base number of the first group.
   * @returns how many groups there are.
   */
  noteLineages(capture: number, base: number, into: Uint32Array): number;
  /** Says which packets of a capture belong together, in memory of as many as the file has. */
  lineagesIn(capture: number): LineageIndex;
  /** Gives the group of each packet of a capture by its number, where few of the file's are here. */
  lineagesByNumber(capture: number): Map<number, number>;
  /**
   * Explains a group of connections; null where it has too many packets for that.
   *
   * @param isWanted which of its packets; without it all, which are kept for a while.
   */
  explain(lineage: number, isWanted?: WantedPackets): ExplainedLineage | null;
}

/** Says which packets are to be explained. */
export type WantedPackets = (packet: Explanation['packet']) => boolean;

/** Connections that followed each other on the same ends, explained. */
export interface ExplainedLineage {
  readonly lineage: Lineage;
  /** What is said of a packet of a capture; undefined where it is not of these. */
  find(capture: number, n: number): Explanation | undefined;
}

/** Explains packets by a kernel: verdicts of all at once, sentences by connection. */
export function explainedPackets(packets: CapturedPackets, profile: Profile): ExplainedPackets {
  const explanations = explainPackets(packets, { profile });
  const groups = lineageNumbers(packets.conversations);
  const indexes = new Map<number, LineageIndex>();
  const kept = new Map<number, ExplainedLineage>();

  const explain = (lineage: number, isWanted?: WantedPackets): ExplainedLineage | null => {
    const known = kept.get(lineage);
    if (known !== undefined) return known;
    const count = explanations
      .conversationsOf(lineage)
      .reduce((sum, { sightings }) => sum + sightings.original + sightings.reply, 0);
    if (count > MOST_EXPLAINED) return null;
    const explained = explainedLineage(explanations.at(lineage, isWanted));
    if (isWanted !== undefined) return explained;
    kept.set(lineage, explained);
    dropOldest(kept);
    return explained;
  };

  const noteLineages = (capture: number, base: number, into: Uint32Array): number => {
    for (const [n, group] of numbersWithGroup(packets, capture, groups)) {
      into[n - 1] = base + group + 1;
    }
    return explanations.length;
  };

  return {
    packets,
    explain,
    noteLineages,
    judge: (verdicts) => {
      const { contradicting } = judgePackets(packets, { profile }, (packet, ctstate, against) => {
        const verdict = verdictOf(ctstate, against === null);
        for (const { captureIndex, n } of packet.sightings) {
          (verdicts[captureIndex] as Uint8Array)[n - 1] = verdict;
        }
      });
      return contradicting;
    },
    lineagesIn: (capture) => {
      const known = indexes.get(capture);
      if (known !== undefined) return known;
      const byNumber = new Uint32Array(lastNumber(packets, capture));
      const index = lineageIndex(byNumber, noteLineages(capture, 0, byNumber));
      indexes.set(capture, index);
      return index;
    },
    lineagesByNumber: (capture) => new Map(numbersWithGroup(packets, capture, groups)),
  };
}

/** The numbers of a capture's packets that are in a group, with that. */
function* numbersWithGroup(
  packets: CapturedPackets,
  capture: number,
  groups: Uint32Array,
): Generator<[n: number, group: number]> {
  const ids = packets.conversations.ids(capture);
  let row = 0;
  for (const n of numbersIn(packets, capture)) {
    const group = groups[ids[row++] as number];
    if (group !== undefined) yield [n, group];
  }
}

/** The numbers of a capture's packets, row by row. */
function* numbersIn({ captures }: CapturedPackets, capture: number): Generator<number> {
  const segments = captures[capture]?.segments;
  if (segments === undefined) return;
  if (segments.columns === undefined) {
    for (const { n } of segments) yield n;
    return;
  }
  for (const { n, length } of segments.columns) {
    for (let row = 0; row < length; row++) yield n[row] as number;
  }
}

/** Gives the number of a capture's last TCP packet, 0 where it has none. */
export function lastNumber({ captures }: CapturedPackets, capture: number): number {
  const segments = captures[capture]?.segments;
  if (segments === undefined || segments.length === 0) return 0;
  const page = segments.columns?.at(-1);
  return page === undefined
    ? segments.at(segments.length - 1).n
    : (page.n[page.length - 1] as number);
}

function explainedLineage(lineage: Lineage): ExplainedLineage {
  const byCapture = new Map<number, Map<number, Explanation>>();
  for (const explanation of lineage.explanations) {
    for (const { captureIndex, n } of explanation.packet.sightings) {
      const known = byCapture.get(captureIndex) ?? new Map<number, Explanation>();
      byCapture.set(captureIndex, known.set(n, explanation));
    }
  }
  return { lineage, find: (capture, n) => byCapture.get(capture)?.get(n) };
}

/** Keeps the connections that were explained last, and the very last one whatever its length. */
export function dropOldest(kept: Map<unknown, ExplainedLineage>): void {
  let count = 0;
  for (const { lineage } of kept.values()) count += lineage.explanations.length;
  for (const [oldest, { lineage }] of kept) {
    if (count <= MOST_KEPT || kept.size === 1) return;
    count -= lineage.explanations.length;
    kept.delete(oldest);
  }
}
