import { element, escapeMarkup } from '../markup.ts';
import { drawnText, drawnTextOf } from './drawn-text.ts';
import { LINE, NOTES, TIME_RIGHT } from './geometry.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';
import { drawArrow } from './packet-arrow.ts';
import { secondsWords } from './seconds-words.ts';
import { drawSocketMark } from './socket-mark.ts';
import { fitMiddle } from './text-width.ts';
import { drawVerdict } from './verdict-mark.ts';

/** Where the name of a capture may begin. */
const PLACE_LEFT = 11;

/** Draws a packet: when, from where to where, what conntrack said on the way, what came of it. */
export function drawPacket(packet: PlacedPacket, plan: LadderPlan): string {
  const { says, details, at } = packet.explanation;
  const hint = [`${at.file}#${at.n}:`, says, ...details].join(' ');
  return element(
    'g',
    { class: 'tl-packet' },
    element('title', {}, escapeMarkup(hint)),
    drawTime(packet, plan),
    drawArrow(packet, plan),
    drawVerdict(packet, plan),
    drawSocketMark(packet, plan),
    drawNote(packet),
  );
}

function drawTime({ explanation, y }: PlacedPacket, { first, names }: LadderPlan): string {
  const { packet, at, contradiction } = explanation;
  const since = packet.at === null || first === null ? '' : `+${secondsWords(packet.at - first)}`;
  const place = fitMiddle(
    `${names.get(at.file) ?? at.file}#${at.n}`,
    'place',
    TIME_RIGHT - PLACE_LEFT,
  );
  return [
    drawnText(since, { face: 'time', at: [TIME_RIGHT, y + 1], anchor: 'end' }),
    drawnText(place, { face: 'place', at: [TIME_RIGHT, y + 16], colour: 'quiet', anchor: 'end' }),
    drawnText(contradiction === null ? '' : '≠', {
      face: 'mark',
      at: [TIME_RIGHT + 10, y + 8],
      colour: 'against',
    }),
  ].join('');
}

/** The lines stand around the arrow that they speak of. */
function drawNote({ note, y }: PlacedPacket): string {
  const top = note.length > 1 ? y - 5 : y + 4;
  const lines = note.map(({ what, text, colour }, i) => {
    const tint = colour === undefined ? {} : { colour };
    const title = what === '' ? '' : element('tspan', { class: 'tl-f-what' }, escapeMarkup(what));
    return drawnTextOf(`${title}${escapeMarkup(what === '' ? text : ` ${text}`)}`, {
      face: 'note',
      at: [NOTES, top + i * LINE],
      ...tint,
    });
  });
  return lines.join('');
}
