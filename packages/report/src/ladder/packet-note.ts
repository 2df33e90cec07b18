import type { Explanation } from '@tuplescope/packet-explainer';
import { collisionPart } from '../explanation/packet-notice.ts';
import { KIND_TITLES } from '../explanation/packet-words.ts';
import { NOTES_ROOM } from './geometry.ts';
import { textWidth, wrapText } from './text-width.ts';

/** A line of what is said of a packet. */
export interface NoteLine {
  /** Set in bold before the text; on the first line only. */
  readonly what: string;
  readonly text: string;
  readonly colour?: 'bad' | 'against';
}

/** A longer sentence is for the page and the terminal. */
const MOST_LINES = 3;

/** Breaks what is said of a packet into the lines beside its arrow. */
export function packetNote(explanation: Explanation): NoteLine[] {
  const { kind, says, contradiction } = explanation;
  const what = `${KIND_TITLES[kind]}:`;
  const indent = textWidth(`${what} `, 'what');
  const said = wrapText(says, 'note', NOTES_ROOM, { most: MOST_LINES, indent });
  const colour = collisionPart(explanation) === 'rst-lost' ? { colour: 'bad' as const } : {};
  const lines = said.map((text, i): NoteLine => ({ what: i === 0 ? what : '', text, ...colour }));
  if (contradiction === null) return lines;
  const against = wrapText(`≠ ${contradiction}`, 'note', NOTES_ROOM, { most: MOST_LINES });
  return [...lines, ...against.map((text): NoteLine => ({ what: '', text, colour: 'against' }))];
}
