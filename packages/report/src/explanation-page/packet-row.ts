import type { Conversation } from '@tuplescope/conversation';
import type { Explanation } from '@tuplescope/packet-explainer';
import { collisionPart, isAstray, PART_TITLES } from '../explanation/packet-notice.ts';
import { packetWay } from '../explanation/packet-way.ts';
import {
  entryWords,
  flagNames,
  KIND_TITLES,
  natWords,
  sinceWords,
} from '../explanation/packet-words.ts';
import { element, escapeMarkup } from '../markup.ts';
import { timeOfDay } from '../time-of-day.ts';
import { packetDetails } from './packet-details.ts';

/** The titles of a table of packets. */
export const COLUMN_TITLES = [
  'Time (UTC)',
  'Packet',
  'From, to',
  'Segment',
  'conntrack',
  'Entry',
  'What it is, and what came of it',
] as const;

/** What a row needs of the packets around it. */
export interface RowContext {
  readonly conversation: Conversation | undefined;
  /** What the packet's file is called here. */
  readonly name: string;
  /** Seconds of the first packet that has a time, or null. */
  readonly first: number | null;
}

/** Writes a packet as a row of the table. */
export function packetRow(
  explanation: Explanation,
  { conversation, name, first }: RowContext,
): string {
  const { packet, at, before, entry, says, kind, contradiction } = explanation;
  const part = collisionPart(explanation);
  const { from, to } = packetWay(explanation);
  const time = packet.at === null ? '' : escapeMarkup(timeOfDay(packet.at));
  const since = element('span', { class: 'quiet' }, sinceWords(packet.at, first));
  const label = part === null ? '' : `<br>${element('span', { class: 'part' }, PART_TITLES[part])}`;
  const against =
    contradiction === null
      ? ''
      : element('div', { class: 'against' }, escapeMarkup(`≠ ${contradiction}`));
  return element(
    'tr',
    { class: part === null ? undefined : 'collision' },
    element('td', { class: 'time' }, `${time}<br>${since}`),
    element('td', { class: 'place' }, `${escapeMarkup(name)}<wbr>#${at.n}`),
    element('td', { class: 'way' }, `${from} → ${to}${label}`),
    element('td', { class: 'number' }, segmentMarkup(packet)),
    element('td', {}, verdictMarkup(explanation, conversation)),
    element('td', { class: 'entry' }, escapeMarkup(entryWords(before, entry))),
    element(
      'td',
      { class: 'says' },
      element('span', { class: 'name' }, `${KIND_TITLES[kind]}:`),
      ` ${escapeMarkup(says)}`,
      against,
      packetDetails(explanation),
    ),
  );
}

function segmentMarkup({ flags, seq, ack, len, relative }: Explanation['packet']): string {
  const counted = relative === true ? 'rel ' : '';
  const lines = [
    element('b', {}, escapeMarkup(flagNames(flags))),
    ...(seq === undefined ? [] : [`seq ${counted}${seq}`]),
    ...(ack === undefined ? [] : [`ack ${counted}${ack}`]),
    ...(len === 0 ? [] : [`${len} bytes`]),
  ];
  return lines.join('<br>');
}

function verdictMarkup(explanation: Explanation, conversation: Conversation | undefined): string {
  const { ctstate } = explanation;
  const isInvalid = ctstate === 'INVALID';
  const mark = { class: isInvalid ? 'verdict bad' : 'verdict' };
  const nat = conversation === undefined ? '' : natWords(explanation, conversation);
  const lost = isAstray(explanation) ? element('span', { class: 'lost' }, 'not translated') : '';
  const address = nat === '' ? '' : element('span', { class: 'nat' }, escapeMarkup(nat));
  const behind = [address, lost].filter((markup) => markup !== '').map((markup) => `<br>${markup}`);
  return element('span', mark, isInvalid ? '✕ INVALID' : ctstate) + behind.join('');
}
