import type { Conversation } from '@tuplescope/conversation';
import type { Explanation, Lineage } from '@tuplescope/packet-explainer';
import { visible } from '@tuplescope/scan';
import { columnWidth } from '../column-width.ts';
import { timeOfDay } from '../time-of-day.ts';
import { type Column, packColumns, type SizedColumn } from './pack-columns.ts';
import { type Lane, laneOrder } from './packet-way.ts';
import { entryWords, flagNames, natWords, sinceWords } from './packet-words.ts';
import { shortNames } from './short-names.ts';
import { laneTitles, wayText } from './way-text.ts';

/** A longer place or entry is cut in the middle, where paths are least telling. */
const MOST_COLUMNS = 44;

/** What a ladder's rows have in common. */
export interface LadderFrame {
  readonly order: readonly Lane[];
  /** Seconds of the first packet that has a time, or null. */
  readonly first: number | null;
  readonly titles: readonly string[];
  /** The columns, spread over lines. */
  readonly packed: readonly (readonly SizedColumn[])[];
  readonly conversations: ReadonlyMap<number, Conversation>;
  /** The files by what they are called here. */
  readonly names: ReadonlyMap<string, string>;
}

/** Numbers of the columns that are coloured by what they say. */
export const WAY = 3;
export const CTSTATE = 8;

/** Lays out the columns for the packets that will be shown. */
export function ladderFrame(
  lineage: Lineage,
  shown: readonly Explanation[],
  room: number,
): LadderFrame {
  const order = laneOrder(lineage);
  const first = lineage.explanations.find(({ packet }) => packet.at !== null)?.packet.at ?? null;
  const groups: Column[][] = [
    [{ title: 'time (UTC)' }, { title: 'since', align: 'right' }],
    [{ title: 'packet' }],
    [{ title: laneTitles(order) }],
    [
      { title: 'flags' },
      { title: 'seq', align: 'right' },
      { title: 'ack', align: 'right' },
      { title: 'bytes', align: 'right' },
    ],
    [{ title: 'ctstate' }, { title: 'entry' }],
    [{ title: 'NAT' }],
  ];
  const conversations = new Map(lineage.conversations.map((one) => [one.id, one]));
  const titles = groups.flat().map(({ title }) => title);
  const names = shortNames(lineage.explanations);
  const frame = { order, first, titles, packed: [], conversations, names };
  const widths: number[] = [];
  for (const explanation of shown) {
    for (const [i, cell] of ladderCells(explanation, frame).entries()) {
      widths[i] = Math.max(widths[i] ?? 0, columnWidth(cell));
    }
  }
  return { ...frame, packed: packColumns(groups, widths, room) };
}

/** Writes what stands in the columns of a packet. */
export function ladderCells(explanation: Explanation, frame: LadderFrame): string[] {
  const { packet, at, ctstate, before, entry } = explanation;
  const conversation = frame.conversations.get(packet.conversation);
  const number = (value: number | undefined): string =>
    value === undefined ? '' : `${packet.relative === true ? 'rel ' : ''}${value}`;
  return [
    packet.at === null ? '' : timeOfDay(packet.at),
    sinceWords(packet.at, frame.first),
    clipMiddle(visible(`${frame.names.get(at.file) ?? at.file}#${at.n}`), MOST_COLUMNS),
    wayText(explanation, frame.order),
    flagNames(packet.flags),
    number(packet.seq),
    number(packet.ack),
    packet.len === 0 ? '' : String(packet.len),
    ctstate,
    clipMiddle(entryWords(before, entry), MOST_COLUMNS),
    conversation === undefined ? '' : visible(natWords(explanation, conversation)),
  ];
}

/**
 * Cuts the middle out of a text that is too wide: the two ends of a name tell most.
 *
 * @example
 * clipMiddle('captures/node-17/lo.pcap#3', 15) // 'capture….pcap#3'
 */
export function clipMiddle(text: string, columns: number): string {
  if (columnWidth(text) <= columns) return text;
  const characters = Array.from(text);
  const half = (columns - 1) / 2;
  const head = take(characters, Math.ceil(half));
  const tail = take(characters.reverse(), Math.floor(half)).reverse();
  return `${head.join('')}…${tail.join('')}`;
}

function take(characters: readonly string[], columns: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += columnWidth(character);
    return used > columns;
  });
  return characters.slice(0, end < 0 ? characters.length : end);
}
