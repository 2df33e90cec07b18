import type { Explanation, Lineage, Owner } from '@tuplescope/packet-explainer';

/** A column of a ladder: where packets come from, pass and go. */
export type Lane = 'app' | 'conntrack' | 'proxy' | 'wire';

/** The lanes that a packet goes from and to; conntrack, which sees it in any case, is neither. */
export interface PacketWay {
  readonly from: Lane;
  readonly to: Lane;
}

/** Says from which lane to which a packet goes: to the wire where it left and nothing tells more. */
export function packetWay({ sender, socket, nat }: Explanation): PacketWay {
  const from = sender === 'none' ? 'wire' : laneOf(sender);
  if (socket !== null && socket.owner !== 'none') return { from, to: laneOf(socket.owner) };
  if (nat === 'dnat') return { from, to: 'proxy' };
  return { from, to: nat === 'un-dnat' || from === 'wire' ? 'app' : 'wire' };
}

function laneOf(owner: Exclude<Owner, 'none'>): Lane {
  return owner === 'peer' ? 'wire' : owner;
}

/**
 * Puts the lanes of a lineage in order: the client, conntrack, the server, and what is left, which
 * only packets that go astray reach.
 *
 * @example
 * laneOrder(lineage) // ['app', 'conntrack', 'proxy', 'wire']
 */
export function laneOrder({ explanations }: Lineage): readonly Lane[] {
  const first = explanations[0];
  const way: PacketWay = first === undefined ? { from: 'app', to: 'proxy' } : packetWay(first);
  const isReply = first?.packet.direction === 'reply';
  const client = isReply ? way.to : way.from;
  const server = isReply ? way.from : way.to;
  const order: Lane[] = [client, 'conntrack', server, 'app', 'proxy', 'wire'];
  return [...new Set(order)];
}
