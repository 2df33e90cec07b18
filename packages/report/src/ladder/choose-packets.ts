import type { Explanation } from '@tuplescope/packet-explainer';
import { collisionPart, isOdd } from '../explanation/packet-notice.ts';

/**
 * Chooses the packets that tell a story in so many rows: how the old connection was left, the first
 * collision, what came of it. Given back in their order.
 */
export function choosePackets(
  explanations: readonly Explanation[],
  most: number,
): readonly Explanation[] {
  if (explanations.length <= most) return explanations;
  const weigh = packetWeigher();
  const weighed = explanations.map((explanation, i) => ({ i, weight: weigh(explanation) }));
  weighed.sort((a, b) => b.weight - a.weight || a.i - b.i);
  const chosen = new Set(weighed.slice(0, most).map(({ i }) => i));
  return explanations.filter((_, i) => chosen.has(i));
}

/** How much each kind tells of a connection in health, the first time that it comes. */
const KIND_WEIGHTS: Readonly<Partial<Record<Explanation['kind'], number>>> = {
  'half-close': 8,
  syn: 7,
  'fin-ack': 7,
  fin: 6,
  rst: 6,
  'syn-ack': 5,
  'handshake-ack': 4,
  data: 4,
};

/** What came of a collision. */
const OUTCOMES: ReadonlySet<Explanation['kind']> = new Set(['syn-again', 'syn-ack', 'refusal']);

/** Makes what weighs packets one after the other: the second of a kind tells less than the first. */
function packetWeigher(): (explanation: Explanation) => number {
  const seen = new Set<string>();
  let hasCollided = false;
  return (explanation) => {
    const { kind, ctstate, packet, socket, contradiction } = explanation;
    const part = collisionPart(explanation);
    const deed = socket?.does === 'suppressed' ? 'suppressed' : '';
    const isRound = part !== null && kind !== 'syn';
    const key = isRound ? `${part} ${deed}` : `${packet.conversation} ${kind} ${ctstate}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    hasCollided ||= part === 'syn';
    if (contradiction !== null && isFirst) return 10;
    if (kind === 'syn-again' && part !== null && deed === '') return 2;
    if (!isFirst) return isOdd(explanation) ? 2 : 1;
    if (part !== null) return deed === '' ? 9 : 7;
    const weight = KIND_WEIGHTS[kind] ?? (isOdd(explanation) ? 6 : 3);
    if (!hasCollided) return weight;
    return OUTCOMES.has(kind) ? 8 : Math.min(weight, 4);
  };
}
