import type { Conversation } from '@tuplescope/conversation';
import type { Lineage } from '@tuplescope/packet-explainer';
import { collisionPart } from '../explanation/packet-notice.ts';
import { type Lane, laneOrder } from '../explanation/packet-way.ts';
import { shortNames } from '../explanation/short-names.ts';
import { LINE } from './geometry.ts';
import { type BreakRow, isBreak, ladderRows, type PacketRow } from './ladder-rows.ts';
import { breakWords, type NoteLine, packetNote } from './packet-note.ts';

/** Where a row stands. */
interface Place {
  readonly top: number;
  readonly bottom: number;
  /** Its arrow, or the middle of a break. */
  readonly y: number;
}

/** A packet with its place, and what is said of it. */
export interface PlacedPacket extends PacketRow, Place {
  readonly note: readonly NoteLine[];
}

/** A break with its place, and what is said of it. */
export interface PlacedBreak extends BreakRow, Place {
  readonly words: readonly string[];
}

/** Where everything of a lineage stands. */
export interface LadderPlan {
  readonly lineage: Lineage;
  readonly order: readonly Lane[];
  readonly conversations: ReadonlyMap<number, Conversation>;
  /** The files by what they are called here. */
  readonly names: ReadonlyMap<string, string>;
  /** Seconds of the first packet that has a time, or null. */
  readonly first: number | null;
  readonly rows: readonly (PlacedPacket | PlacedBreak)[];
  readonly packets: readonly PlacedPacket[];
  readonly breaks: readonly PlacedBreak[];
  readonly top: number;
  readonly bottom: number;
}

/** From the top of a row to its arrow: room for the label above it. */
const TO_ARROW = 22;

/** From an arrow to the end of its row: room for the state below it. */
const BELOW_ARROW = 26;

/** What a row has more than its lines of text. */
const AROUND_NOTE = 12;

/** What a break has more than its lines of text. */
const AROUND_BREAK = 14;

/** Room for the word above the first packet of a collision, and below its last. */
export const BAND_ROOM = 14;

/** Gives each packet and each break of a lineage its place, from `top` down. */
export function planLadder(lineage: Lineage, top: number): LadderPlan {
  const packets: PlacedPacket[] = [];
  const breaks: PlacedBreak[] = [];
  let y = top;
  let isInBand = false;
  for (const row of ladderRows(lineage.explanations)) {
    const isCollision = !isBreak(row) && collisionPart(row.explanation) !== null;
    if (isCollision !== isInBand) y += BAND_ROOM;
    isInBand = isCollision;
    if (isBreak(row)) {
      const words = breakWords(row);
      const height = words.length * LINE + AROUND_BREAK;
      breaks.push({ ...row, words, top: y, bottom: y + height, y: y + height / 2 });
      y += height;
    } else {
      const note = packetNote(row.explanation);
      const height = Math.max(TO_ARROW + BELOW_ARROW, note.length * LINE + AROUND_NOTE);
      packets.push({ ...row, note, top: y, bottom: y + height, y: y + TO_ARROW });
      y += height;
    }
  }
  return {
    lineage,
    order: laneOrder(lineage),
    conversations: new Map(lineage.conversations.map((one) => [one.id, one])),
    names: shortNames(lineage.explanations),
    first: lineage.explanations.find(({ packet }) => packet.at !== null)?.packet.at ?? null,
    rows: [...packets, ...breaks].sort((a, b) => a.top - b.top),
    packets,
    breaks,
    top,
    bottom: y + (isInBand ? BAND_ROOM : 0),
  };
}
