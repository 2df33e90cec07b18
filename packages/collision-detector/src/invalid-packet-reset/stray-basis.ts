import type { ConversationPacket } from '@tuplescope/conversation';
import { normalizeAddress } from '@tuplescope/net';
import type { StrayBasis } from './stray-reset.ts';
import type { Suspect } from './stray-suspect.ts';

/** What is known of the pod that a RST may come from. */
export interface Pod {
  readonly addresses: ReadonlySet<string>;
  readonly inbound: ReadonlySet<number>;
  /** A captured rule redirects what comes in. */
  readonly isRuled: boolean;
}

/**
 * Says what shows that a RST did not come from the connection's own socket, or null where nothing
 * does: the connection must be a translated one, and the RST the pod's own or under other addresses.
 */
export function basisOf(
  { conversation, odd, reset, all }: Suspect,
  hasSocket: boolean,
  { addresses, inbound, isRuled }: Pod,
): StrayBasis | null {
  const { translated, client, server } = conversation;
  const others = all.filter((packet) => packet !== odd && packet !== reset);
  if (translated !== null && isElsewhere([odd, reset], others)) return 'addresses';
  const isAnswer = reset.direction === 'reply';
  const sender = isAnswer ? server : client;
  // Without a listing of sockets only a redirected server is known to be the pod.
  const isOwn = addresses.size > 0 ? addresses.has(normalizeAddress(sender.address)) : isAnswer;
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
