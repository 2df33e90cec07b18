import type { Profile } from '@tuplescope/kernel-model';
import { type Evidence, readPackets } from '@tuplescope/packet-explainer';
import { TCP } from '@tuplescope/pcap-reader';
import type { JudgeProgress } from '../../protocol/explanations.ts';
import type { ByteSource } from './byte-source.ts';
import type { JudgedCapture, LineageInCapture } from './capture-explainer.ts';
import { type CaptureParts, lookThrough, type PartLimits } from './capture-parts.ts';
import {
  dropOldest,
  type ExplainedLineage,
  explainedPackets,
  MOST_EXPLAINED,
  type WantedPackets,
} from './explained-packets.ts';
import { gatherRows } from './gather-rows.ts';
import { type LineageIndex, lineageIndex } from './lineage-index.ts';
import { createPause, type Pause } from './pause.ts';
import { readNumbers } from './read-numbers.ts';

/** A capture file of any size, judged in parts that fit in memory. */
export interface CaptureJudge {
  readonly progress: JudgeProgress;
  /** Judges every packet by a kernel; the last few kernels are remembered. */
  judge(profile: Profile): Promise<JudgedCapture>;
  /** Says which packets belong together; null before they are judged. */
  lineages(): LineageIndex | null;
  /** Explains groups of packets, or some numbers of them; one that has too many is left out. */
  explain(
    profile: Profile,
    lineages: ReadonlySet<number>,
    numbers?: ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, LineageInCapture>>;
}

/** How a capture is judged. */
export interface JudgeOptions {
  /** Holds up the reading. */
  readonly pause?: Pause;
  readonly limits?: PartLimits;
}

/** Kernels whose verdicts are kept. */
const MOST_KERNELS = 3;

/**
 * Judges a capture file that is too large to be held: packets that may concern each other are
 * gathered, part by part, and judged together. Explains a connection from its own packets alone.
 */
export function judgeCapture(
  source: ByteSource,
  name: string,
  evidence: Evidence,
  { pause = createPause(), limits }: JudgeOptions = {},
): CaptureJudge {
  const progress = { done: 0, all: 1 };
  const judged = new Map<string, Promise<JudgedCapture>>();
  const kept = new Map<string, ExplainedLineage>();
  let looked: Promise<CaptureParts> | null = null;
  let lineages: LineageIndex | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const look = (): Promise<CaptureParts> => {
    looked ??= lookThrough(source, pause, limits);
    return looked;
  };

  const judge = async (profile: Profile): Promise<JudgedCapture> => {
    progress.done = 0;
    const { index, rows, parts, gather } = await look();
    const verdicts = new Uint8Array(index.packets);
    const byNumber = lineages === null ? new Uint32Array(index.packets) : null;
    let groups = 0;
    let contradictions = 0;
    let taken = 0;
    progress.all = parts + 1;
    const gathered = gatherRows('options');
    for (let part = 0; part < parts; part++) {
      progress.done = part + 1;
      gathered.clear();
      await gather(part, gathered);
      taken += gathered.length;
      const packets = readPackets([gathered.capture(name)], evidence);
      const explaining = explainedPackets(packets, profile);
      contradictions += explaining.judge([verdicts]);
      if (byNumber !== null) groups += explaining.noteLineages(0, groups, byNumber);
    }
    if (byNumber !== null) lineages = lineageIndex(byNumber, groups);
    progress.done = progress.all;
    return { verdicts, contradictions, unjudged: rows - taken };
  };

  /** Explains some groups together: the file is read once for all of them. */
  const explainTogether = async (
    profile: Profile,
    index: LineageIndex,
    wanted: readonly number[],
    asked: ReadonlySet<number> | undefined,
  ): Promise<Map<number, ExplainedLineage>> => {
    const numbers = index.numbersOf(wanted);
    const gathered = gatherRows('all');
    const { index: places } = await look();
    await readNumbers(source, places, numbers, (_, columns, row) => {
      if (columns.kind[row] === TCP) gathered.add(columns, row);
    });
    const explaining = explainedPackets(readPackets([gathered.capture(name)], evidence), profile);
    const groups = new Map<number, number>();
    for (const [n, group] of explaining.lineagesByNumber(0)) {
      const lineage = index.of(n);
      if (lineage !== null && !groups.has(lineage)) groups.set(lineage, group);
    }
    const isAsked: WantedPackets | undefined =
      asked && (({ sightings }) => sightings.some(({ n }) => asked.has(n)));
    const explained = new Map<number, ExplainedLineage>();
    for (const [lineage, group] of groups) {
      const found = explaining.explain(group, isAsked);
      if (found !== null) explained.set(lineage, found);
    }
    return explained;
  };

  return {
    progress,
    lineages: () => lineages,
    judge: (profile) => {
      // One after the other: each holds as much as may be held.
      const known = judged.get(profile.id) ?? last.then(() => judge(profile));
      last = known.catch(() => undefined);
      judged.delete(profile.id);
      judged.set(profile.id, known);
      for (const old of judged.keys()) if (judged.size > MOST_KERNELS) judged.delete(old);
      return known;
    },
    explain: async (profile, wanted, asked) => {
      const found = new Map<number, LineageInCapture>();
      if (lineages === null) return found;
      const missing: number[] = [];
      const note = (lineage: number, { lineage: explained, find }: ExplainedLineage): void => {
        found.set(lineage, { lineage: explained, find: (n) => find(0, n) });
      };
      for (const lineage of wanted) {
        const known = kept.get(`${profile.id} ${lineage}`);
        if (known === undefined) missing.push(lineage);
        else note(lineage, known);
      }
      for (const batch of batchesOf(missing, lineages)) {
        for (const [lineage, explained] of await explainTogether(profile, lineages, batch, asked)) {
          note(lineage, explained);
          // Of some packets alone the rest would be missing.
          if (asked === undefined) kept.set(`${profile.id} ${lineage}`, explained);
        }
        dropOldest(kept);
      }
      return found;
    },
  };
}

/** Puts groups together as long as they are explained at once; leaves out those that are too long. */
function* batchesOf(wanted: readonly number[], { sizeOf }: LineageIndex): Generator<number[]> {
  let batch: number[] = [];
  let size = 0;
  for (const lineage of wanted) {
    const own = sizeOf(lineage);
    if (own > MOST_EXPLAINED) continue;
    if (size + own > MOST_EXPLAINED) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(lineage);
    size += own;
  }
  if (batch.length > 0) yield batch;
}
