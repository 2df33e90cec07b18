import type { SocketSegment } from '../tcp/reaction.ts';
import type { NatKind, Verdict } from '../verdict.ts';
import type { Hop, PodPacket, SocketDeed } from './pod-packet.ts';
import { sayPacket } from './say-packet.ts';

/** A packet at a hop, as the network knows it. */
export interface PacketAtHop {
  readonly packet: number;
  readonly at: number;
  readonly segment: SocketSegment;
  readonly sender: SocketDeed;
  readonly verdict: Verdict;
  readonly nat: NatKind;
}

/** Makes the record of a packet at a hop. */
export function showPacket(
  { packet, at, segment, sender, verdict, nat }: PacketAtHop,
  hop: Hop,
  socket: SocketDeed | null,
  dropped: PodPacket['dropped'],
): Omit<PodPacket, 'n'> {
  const device = hop === 'sent' ? {} : { interface: hop };
  const shown = {
    packet,
    at,
    hop,
    segment: { n: packet, at, ...segment, ...device, ttl: 64, truncated: false },
    ctstate: verdict.ctstate,
    entry: entryOf(verdict),
    nat,
    sender,
    socket,
    dropped,
    why: verdict.reason,
  };
  return { ...shown, says: sayPacket(shown) };
}

function entryOf({ after }: Verdict): PodPacket['entry'] {
  if (after === null) return null;
  const { state, timeout, assured, unreplied } = after;
  return { state, timeout, assured, unreplied };
}
