import type { Explanation, Lineage, Owner } from '@tuplescope/packet-explainer';

/** A column of a ladder: where packets come from, pass and go. */
export type Lane = 'app' | 'conntrack' | 'proxy' | 'wire';

/** There are no more lanes than these. */
const MOST_LANES = 4;

/** The lanes that a packet goes from and to; conntrack, which sees it in any case, is neither. */
export interface PacketWay {
  readonly from: Lane;
  readonly to: Lane;
}

/** Says from which lane to which a packet goes: to the wire where it left and nothing tells more. */
export function packetWay({ sender, socket, nat }: Explanation): PacketWay {
  const from = sender === 'none' ? 'wire' : laneOf(sender);
  const reached = socket === null || socket.owner === 'none' ? null : laneOf(socket.owner);
  // What another host sends does not come back from it.
  if (reached !== null && !(reached === 'wire' && from === 'wire')) return { from, to: reached };
  if (nat === 'dnat') return { from, to: 'proxy' };
  return { from, to: nat === 'un-dnat' || from === 'wire' ? 'app' : 'wire' };
}

function laneOf(owner: Exclude<Owner, 'none'>): Lane {
  return owner === 'peer' ? 'wire' : owner;
}

/**
 * Puts the lanes of a lineage in order: the client, conntrack, the server; then the wire, and what
 * else packets reach that go astray.
 *
 * @example
 * laneOrder(lineage) // ['app', 'conntrack', 'proxy', 'wire']
 */
export function laneOrder({ explanations }: Lineage): readonly Lane[] {
  const [first] = explanations;
  const way: PacketWay = first === undefined ? { from: 'app', to: 'proxy' } : packetWay(first);
  const [client, server] =
    first?.packet.direction === 'reply' ? [way.to, way.from] : [way.from, way.to];
  const order = new Set<Lane>([client, 'conntrack', server, 'wire']);
  for (const explanation of explanations) {
    const { from, to } = packetWay(explanation);
    order.add(from).add(to);
    if (order.size === MOST_LANES) break;
  }
  return [...order];
}
