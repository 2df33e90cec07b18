import type { ConversationPacket, Sighting } from '@tuplescope/conversation';
import { addSerial, isAfter } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import type { TroubledConnect } from '../troubled-connects.ts';
import { type LateStamp, lateBy } from './late-stamp.ts';

/**
 * Finds connects that meet the TIME_WAIT of a connection with the same two ends, whose timestamp is
 * lower than the last of that connection, and whose sequence number is higher: the receiver would
 * have taken the SYN, and answers with an ACK of the old connection for the timestamp alone.
 */
export function stampsOfConnections({ packets, troubled }: DetectionContext): LateStamp[] {
  return troubled().flatMap((connect) => lateStamp(connect, packets()) ?? []);
}

function lateStamp(
  { conversation, previous, packets: all }: TroubledConnect,
  packets: IncidentPackets,
): LateStamp | null {
  const [syn] = all;
  if (previous?.ended !== 'closed' || syn?.flags !== 'S' || syn.seq === undefined) return null;
  const challenge = all.find(
    ({ direction, flags, older, answers }) =>
      direction === 'reply' && flags === 'A' && older !== null && answers === 0,
  );
  if (challenge?.ack === undefined) return null;
  // The ACK says which number the receiver expects next: a SYN after it is a new connection's.
  if (!isAfter(syn.seq, addSerial(challenge.ack, -1))) return null;
  const last = packets.conversations
    .packetsOf(previous.id)
    .findLast(({ direction }) => direction === 'original');
  const stamp = stampOf(syn, packets);
  const before = last === undefined ? null : stampOf(last, packets);
  if (stamp === null || before === null || lateBy(stamp, before) <= 0) return null;
  const { client, server, state } = conversation;
  return {
    client: { src: client.address, sport: client.port, dst: server.address, dport: server.port },
    stamp,
    before,
    of: 'connection',
    isConnected: state === 'connected',
    evidence: [
      packets.evidenceOf(
        last as ConversationPacket,
        `The last timestamp of the old connection: ${before}.`,
      ),
      packets.evidenceOf(syn, `The new SYN's timestamp is lower: ${stamp}; its number is higher.`),
      packets.evidenceOf(challenge, 'The answer is an ACK of the old connection, no SYN-ACK.'),
    ],
  };
}

/** The timestamp of a packet as it was seen first, or null where it has none. */
export function stampOf(
  { sightings }: ConversationPacket,
  { segmentOf }: IncidentPackets,
): number | null {
  return segmentOf(sightings[0] as Sighting).options?.ts?.[0] ?? null;
}
