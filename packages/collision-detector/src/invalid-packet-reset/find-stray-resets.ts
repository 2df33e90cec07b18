import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Incident } from '@tuplescope/incident';
import { addSerial, formatEndpoint, normalizeAddress, serialDistance } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import { interceptionPorts } from '../interception-ports.ts';
import { connectionKey } from '../loose-pickup/connection-key.ts';
import { findPickups } from '../loose-pickup/find-pickups.ts';
import { resetConversations } from '../reset-conversations.ts';
import { openSockets } from './open-sockets.ts';
import type { StrayBasis, StrayReset } from './stray-reset.ts';

/** A RST comes at once. */
const ANSWER_SECONDS = 0.5;

/**
 * Finds, in packets, connections that were well until a bare RST answered a plain segment: the
 * segment was not translated, so it met no socket. The connection must be a translated one, and the
 * RST the pod's own or under other addresses; what conntrack took up anew, or another connection
 * took over, is another family.
 */
export function findStrayResets(incident: Incident, context: DetectionContext): StrayReset[] {
  const ids = resetConversations(incident, context);
  if (ids.length === 0) return [];
  const packets = context.packets();
  const suspects = ids.flatMap((id) => suspectOf(packets, id) ?? []);
  if (suspects.length === 0) return [];
  const pickedUp = new Set(findPickups(incident).map(({ orig }) => connectionKey(orig)));
  const challenged = challengedClients(packets, ids);
  const isOther = ({ conversation: { client, server } }: Suspect): boolean =>
    challenged.has(endKey(client)) ||
    pickedUp.has(
      connectionKey({
        src: client.address,
        sport: client.port,
        dst: server.address,
        dport: server.port,
      }),
    );
  const own = suspects.filter((suspect) => !isOther(suspect));
  const inbound = interceptionPorts(incident, 'inbound');
  const socketOf = openSockets(incident, own, inbound);
  const pod = new Set(incident.podAddresses);
  const isRuled = incident.interception.some(
    ({ direction, place }) => direction === 'inbound' && place !== null,
  );
  return own.flatMap((suspect): StrayReset[] => {
    const socket = socketOf(suspect);
    const basis = basisOf(suspect, socket !== null, { pod, inbound, isRuled });
    if (basis === null) return [];
    return [{ ...suspect, basis, socket, ...serversOf(suspect, basis), ...numbersOf(suspect) }];
  });
}

/** A RST that answers a segment of an established connection that nobody had begun to close. */
export interface Suspect {
  readonly conversation: Conversation;
  readonly odd: ConversationPacket;
  readonly reset: ConversationPacket;
  /** All packets of the connection. */
  readonly all: readonly ConversationPacket[];
}

function suspectOf({ conversations }: IncidentPackets, id: number): Suspect | null {
  const all = conversations.packetsOf(id);
  const closing = all.findIndex(({ flags }) => /[FR]/.test(flags));
  const reset = all[closing];
  if (reset?.flags !== 'R' || reset.answers === null) return null;
  const odd = all[reset.answers];
  if (odd === undefined || odd.direction === reset.direction || /[SFR]/.test(odd.flags))
    return null;
  if ((reset.at ?? 0) - (odd.at ?? 0) > ANSWER_SECONDS) return null;
  const before = all.slice(0, odd.index);
  const hasOwn = (direction: ConversationPacket['direction']): boolean =>
    before.some(
      (packet) => packet.direction === direction && packet.older === null && isPlain(packet),
    );
  // The handshake, or packets of both sides, show that the connection was established.
  return hasOwn(reset.direction) && hasOwn(odd.direction)
    ? { conversation: conversations.at(id), odd, reset, all }
    : null;
}

function isPlain({ flags }: ConversationPacket): boolean {
  return flags.includes('A');
}

/** Client ends of which another connection met an earlier one's socket: its RST is explained. */
function challengedClients(
  { conversations }: IncidentPackets,
  ids: readonly number[],
): ReadonlySet<string> {
  const challenged = ids.filter((id) => {
    const all = conversations.packetsOf(id);
    return all.some(
      ({ older, flags, answers }) =>
        older !== null && flags === 'A' && answers !== null && all[answers]?.flags === 'S',
    );
  });
  return new Set(challenged.map((id) => endKey(conversations.at(id).client)));
}

function endKey({ address, port }: Conversation['client']): string {
  return formatEndpoint({ address: normalizeAddress(address), port });
}

interface Pod {
  readonly pod: ReadonlySet<string>;
  readonly inbound: ReadonlySet<number>;
  /** A captured rule redirects what comes in. */
  readonly isRuled: boolean;
}

function basisOf(
  { conversation, odd, reset, all }: Suspect,
  hasSocket: boolean,
  { pod, inbound, isRuled }: Pod,
): StrayBasis | null {
  const { translated, client, server } = conversation;
  const others = all.filter((packet) => packet !== odd && packet !== reset);
  if (translated !== null && isElsewhere([odd, reset], others)) return 'addresses';
  const isAnswer = reset.direction === 'reply';
  const sender = isAnswer ? server : client;
  // Without a listing of sockets only a redirected server is known to be the pod.
  const isOwn = pod.size > 0 ? pod.has(normalizeAddress(sender.address)) : isAnswer;
  const isRedirected = translated === null ? isRuled : inbound.has(translated.server.port);
  if (!isOwn || (isAnswer ? !isRedirected : translated === null)) return null;
  const goesOn = all.some(
    ({ index, direction, flags, older }) =>
      index > reset.index && direction === reset.direction && older === null && flags !== 'R',
  );
  if (goesOn) return 'goes-on';
  if (hasSocket) return 'socket';
  return translated === null ? null : 'translated';
}

/** Where one capture has both, packets that are translated otherwise than all others stand out. */
function isElsewhere(
  these: readonly ConversationPacket[],
  others: readonly ConversationPacket[],
): boolean {
  const sides = (packets: readonly ConversationPacket[]): Set<string> =>
    new Set(
      packets.flatMap(({ sightings }) =>
        sightings.map(({ captureIndex, translated }) => `${captureIndex} ${translated}`),
      ),
    );
  const [here, there] = [sides(these), sides(others)];
  const captures = new Set([...there].map((side) => side.split(' ')[0]));
  return [...here].every((side) => !there.has(side) && captures.has(side.split(' ')[0]));
}

/** Where only the segment and the RST carry one of the server's two names, the client knows the other. */
function serversOf(
  { conversation: { server, translated }, reset }: Suspect,
  basis: StrayBasis,
): Pick<StrayReset, 'otherServer' | 'server'> {
  const after = translated?.server ?? server;
  const isAfter = reset.sightings.every((sighting) => sighting.translated);
  return basis === 'addresses' && !isAfter
    ? { server: after, otherServer: server }
    : { server, otherServer: after };
}

function numbersOf({ odd, reset, all }: Suspect): Pick<StrayReset, 'isExact' | 'why'> {
  const before = all.slice(0, odd.index).filter(({ older }) => older === null);
  const own = before.filter(({ direction }) => direction === odd.direction);
  const lastAck = own.findLast(({ ack }) => ack !== undefined)?.ack;
  return {
    isExact: lastAck !== undefined && lastAck === reset.seq,
    why: whyInvalid(
      odd,
      endOf(own),
      endOf(before.filter(({ direction }) => direction !== odd.direction)),
    ),
  };
}

/** The number after the last that a side has sent. */
function endOf(packets: readonly ConversationPacket[]): number | null {
  const last = packets.findLast(({ seq }) => seq !== undefined);
  if (last?.seq === undefined) return null;
  return addSerial(last.seq, last.len + Number(/[SF]/.test(last.flags)));
}

/** No window is larger than this (65535 << 14, RFC 7323). */
const LARGEST_WINDOW = 65_535 * 16_384;

function whyInvalid(
  { seq, ack }: ConversationPacket,
  ownEnd: number | null,
  otherEnd: number | null,
): StrayReset['why'] {
  if (ack !== undefined && otherEnd !== null && serialDistance(ack, otherEnd) > 0) {
    return 'ack-unsent';
  }
  if (seq === undefined || ownEnd === null) return 'unknown';
  const ahead = serialDistance(seq, ownEnd);
  if (ahead > 0) return 'seq-ahead';
  return ahead < -1 && ahead > -LARGEST_WINDOW ? 'seq-behind' : 'unknown';
}
