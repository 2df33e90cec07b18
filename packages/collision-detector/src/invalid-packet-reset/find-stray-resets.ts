import type { Conversation } from '@tuplescope/conversation';
import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, normalizeAddress } from '@tuplescope/net';
import { connectionKey } from '../connection-key.ts';
import type { DetectionContext } from '../detector.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import { interceptionPorts } from '../interception-ports.ts';
import { findPickups } from '../loose-pickup/find-pickups.ts';
import { resetConversations } from '../reset-conversations.ts';
import { openSockets } from './open-sockets.ts';
import { basisOf } from './stray-basis.ts';
import { numbersOf, serversOf } from './stray-numbers.ts';
import type { StrayReset } from './stray-reset.ts';
import { type Suspect, suspectOf } from './stray-suspect.ts';

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
  const addresses = new Set(incident.podAddresses);
  const isRuled = incident.interception.some(
    ({ direction, place }) => direction === 'inbound' && place !== null,
  );
  return own.flatMap((suspect): StrayReset[] => {
    const socket = socketOf(suspect);
    const basis = basisOf(suspect, socket !== null, { addresses, inbound, isRuled });
    if (basis === null) return [];
    return [{ ...suspect, basis, socket, ...serversOf(suspect, basis), ...numbersOf(suspect) }];
  });
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
