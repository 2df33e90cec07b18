import type { Explanation } from '@tuplescope/packet-explainer';
import { choosePackets } from './choose-packets.ts';

/** Of a longer lineage a ladder shows these many packets: what a slide has room for. */
const MOST_PACKETS = 8;

/** Seconds from which on a pause is worth a break in the lanes. */
const LONG_PAUSE = 1;

/** A packet that is drawn. */
export interface PacketRow {
  readonly explanation: Explanation;
}

/** Time that passes, or packets that are left out. */
export interface BreakRow {
  /** Seconds from the packet before to the one after; null where it is short, or not known. */
  readonly pause: number | null;
  readonly leftOut: readonly Explanation[];
}

/** A row of a ladder. */
export type LadderRow = PacketRow | BreakRow;

/** Says whether a row is a break. */
export function isBreak(row: LadderRow): row is BreakRow {
  return 'leftOut' in row;
}

/** Puts the rows of a ladder together: the packets that tell the story, and breaks between them. */
export function ladderRows(explanations: readonly Explanation[]): LadderRow[] {
  const chosen = choosePackets(explanations, MOST_PACKETS);
  const rows: LadderRow[] = [];
  let next = 0;
  for (const explanation of chosen) {
    const at = explanations.indexOf(explanation, next);
    const leftOut = explanations.slice(next, at);
    const pause = next === 0 ? null : pauseBefore(rows, explanation);
    if (leftOut.length > 0 || pause !== null) rows.push({ pause, leftOut });
    rows.push({ explanation });
    next = at + 1;
  }
  const leftOut = explanations.slice(next);
  return leftOut.length === 0 ? rows : [...rows, { pause: null, leftOut }];
}

function pauseBefore(rows: readonly LadderRow[], { packet }: Explanation): number | null {
  const last = rows.findLast((row) => !isBreak(row));
  if (last === undefined || isBreak(last)) return null;
  const from = last.explanation.packet.at;
  if (from === null || packet.at === null) return null;
  const seconds = packet.at - from;
  return seconds >= LONG_PAUSE ? seconds : null;
}
