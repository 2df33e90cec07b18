import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import { formatEndpoint } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import { type LateStamp, lateBy } from './late-stamp.ts';
import { stampOf } from './stamps-of-connections.ts';

/** TCP_PAWS_MSL: for so long a receiver with tcp_tw_recycle holds an address to its last timestamp. */
const MSL_SECONDS = 60;

/** TCP_PAWS_WINDOW: so much lower is taken all the same. */
const WINDOW = 1;

/** So many addresses are remembered at most. */
const MOST_ADDRESSES = 100_000;

/** The highest timestamp of an address that was answered. */
interface Known {
  readonly stamp: number;
  readonly at: number;
}

/**
 * Finds SYNs that had no answer at all and whose timestamp is lower than that of another connection
 * from the same address within a minute: what a receiver with tcp_tw_recycle drops. Clients behind
 * one gateway share its address and not their clocks.
 */
export function stampsOfAddresses({ packets }: DetectionContext): LateStamp[] {
  const { conversations } = packets();
  const known = new Map<string, Known>();
  const found: LateStamp[] = [];
  for (const conversation of conversations) {
    const { id, first, client, server } = conversation;
    if (conversation.isn.client === null || first === null) continue;
    const [syn, ...others] = conversations.packetsOf(id);
    const stamp = syn === undefined ? null : stampOf(syn, packets());
    if (syn?.flags !== 'S' || stamp === null) continue;
    const key = `${client.address} ${formatEndpoint(server)}`;
    const before = known.get(key);
    if (isUnanswered(others)) {
      if (before === undefined || first - before.at >= MSL_SECONDS) continue;
      if (lateBy(stamp, before.stamp) > WINDOW) {
        found.push(lateStampOf(conversation, syn, stamp, before, packets()));
      }
      continue;
    }
    const isHigher = before === undefined || lateBy(before.stamp, stamp) > 0;
    if (isHigher && known.size < MOST_ADDRESSES) known.set(key, { stamp, at: first });
  }
  return found;
}

function isUnanswered(packets: readonly ConversationPacket[]): boolean {
  return packets.every(({ direction }) => direction === 'original');
}

function lateStampOf(
  { client, server }: Conversation,
  syn: ConversationPacket,
  stamp: number,
  { stamp: before }: Known,
  packets: IncidentPackets,
): LateStamp {
  const says = `This SYN had no answer; its timestamp ${stamp} is lower than ${before}, which another connection from the same address had.`;
  return {
    client: { src: client.address, sport: client.port, dst: server.address, dport: server.port },
    stamp,
    before,
    of: 'address',
    isConnected: false,
    evidence: [packets.evidenceOf(syn, says)],
  };
}
