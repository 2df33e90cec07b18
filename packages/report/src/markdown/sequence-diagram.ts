import type { Conversation } from '@tuplescope/conversation';
import type { Explanation } from '@tuplescope/packet-explainer';
import type { CollisionPackets } from '../collision-packets.ts';
import { collisionPart, isAstray, PART_TITLES } from '../explanation/packet-notice.ts';
import { laneOrder, packetWay } from '../explanation/packet-way.ts';
import { flagNames, natWords } from '../explanation/packet-words.ts';
import { choosePackets } from '../ladder/choose-packets.ts';
import { shownText } from '../markup.ts';
import { count } from '../text-style.ts';
import { timeOfDay } from '../time-of-day.ts';

/** More packets than this fit on no screen. */
const MOST_PACKETS = 16;

/**
 * Draws the packets of a collision as a Mermaid sequence diagram: an arrow to conntrack, one onward
 * with what conntrack said, and the part that the packet plays. Of many packets those that tell the
 * story; the rest is counted.
 *
 * @example
 * sequenceDiagram(packets).split('\n')[0] // 'sequenceDiagram'
 */
export function sequenceDiagram({ chosen: { lineage } }: CollisionPackets): string {
  const { explanations, conversations } = lineage;
  const shown = choosePackets(explanations, MOST_PACKETS);
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const order = laneOrder(lineage);
  const left = explanations.length - shown.length;
  const ends = `${order[0]},${order.at(-1)}`;
  const lines = [
    ...order.map((lane) => `participant ${lane}`),
    ...shown.flatMap((one) => packetLines(one, byId.get(one.packet.conversation))),
    ...(left === 0 ? [] : [`Note over ${ends}: ${count(left, 'packet')} more are not drawn`]),
  ];
  return ['sequenceDiagram', ...lines.map((line) => `  ${line}`)].join('\n');
}

function packetLines(explanation: Explanation, conversation: Conversation | undefined): string[] {
  const { packet, ctstate } = explanation;
  const { from, to } = packetWay(explanation);
  const part = collisionPart(explanation);
  const time = packet.at === null ? '' : `${timeOfDay(packet.at)} `;
  const nat = conversation === undefined ? '' : natWords(explanation, conversation);
  const isLost = isAstray(explanation);
  const fate = isLost ? 'not translated' : nat;
  const judged = [ctstate, fate].filter((words) => words !== '').join(', ');
  return [
    `${from}->>conntrack: ${mermaidText(`${time}${segmentWords(packet)}`)}`,
    `conntrack${isLost || ctstate === 'INVALID' ? '--x' : '->>'}${to}: ${mermaidText(judged)}`,
    ...(part === null ? [] : [`Note over ${from},${to}: ${PART_TITLES[part]}`]),
  ];
}

function segmentWords({ flags, seq, ack, len }: Explanation['packet']): string {
  const numbers = [
    ...(seq === undefined ? [] : [`seq ${seq}`]),
    ...(ack === undefined ? [] : [`ack ${ack}`]),
    ...(len === 0 ? [] : [`${len} bytes`]),
  ];
  return [flagNames(flags), ...numbers].join(' ');
}

/**
 * Makes text safe in a Mermaid message, where `;` and `#` end it and the rest may be markup: all but
 * letters, digits and a few marks is written as Mermaid's own entity.
 *
 * @example
 * mermaidText('a;b') // 'a#59;b'
 */
export function mermaidText(text: string): string {
  return shownText(text).replace(
    /[^\p{L}\p{N} .,:()/+→-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
