import type { Explanation } from '@tuplescope/packet-explainer';
import { countKinds } from '../explanation/count-kinds.ts';
import { collisionPart } from '../explanation/packet-notice.ts';
import { KIND_TITLES } from '../explanation/packet-words.ts';
import { count } from '../text-style.ts';
import { NOTES_ROOM } from './geometry.ts';
import type { BreakRow } from './ladder-rows.ts';
import { pauseWords } from './seconds-words.ts';
import { textWidth, wrapText } from './text-width.ts';

/** A line of what is said of a packet. */
export interface NoteLine {
  /** Set in bold before the text; on the first line only. */
  readonly what: string;
  readonly text: string;
  readonly colour?: 'bad' | 'against';
}

/** A longer sentence is for the page and the terminal; those of a collision have more room. */
const MOST_LINES = 3;
const MOST_OF_COLLISION = 4;

/** Breaks what is said of a packet into the lines beside its arrow. */
export function packetNote(explanation: Explanation): NoteLine[] {
  const { kind, says, contradiction } = explanation;
  const what = `${KIND_TITLES[kind]}:`;
  const indent = textWidth(`${what} `, 'what');
  const part = collisionPart(explanation);
  const most = part === null ? MOST_LINES : MOST_OF_COLLISION;
  const said = wrapText(says, 'note', NOTES_ROOM, { most, indent });
  const colour = part === 'rst-lost' ? { colour: 'bad' as const } : {};
  const lines = said.map((text, i): NoteLine => ({ what: i === 0 ? what : '', text, ...colour }));
  if (contradiction === null) return lines;
  const against = wrapText(`≠ ${contradiction}`, 'note', NOTES_ROOM, { most: MOST_LINES });
  return [...lines, ...against.map((text): NoteLine => ({ what: '', text, colour: 'against' }))];
}

/** Says how long a break lasts, and what is left out in it, in lines. */
export function breakWords({ pause, leftOut }: BreakRow): string[] {
  const packets = count(leftOut.length, 'packet');
  const words = [
    ...(pause === null ? [] : [`${pauseWords(pause)} later`]),
    ...(leftOut.length === 0 ? [] : [`${packets} not drawn: ${countKinds(leftOut)}`]),
  ];
  return wrapText(words.join(' · '), 'break', NOTES_ROOM, { most: 2 });
}
