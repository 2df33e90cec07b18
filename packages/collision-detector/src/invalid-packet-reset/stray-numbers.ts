import type { ConversationPacket } from '@tuplescope/conversation';
import { addSerial, serialDistance } from '@tuplescope/net';
import type { StrayBasis, StrayReset } from './stray-reset.ts';
import type { Suspect } from './stray-suspect.ts';

/** Where only the segment and the RST carry one of the server's two names, the client knows the other. */
export function serversOf(
  { conversation: { server, translated }, reset }: Suspect,
  basis: StrayBasis,
): Pick<StrayReset, 'otherServer' | 'server'> {
  const after = translated?.server ?? server;
  const isAfter = reset.sightings.every((sighting) => sighting.translated);
  return basis === 'addresses' && !isAfter
    ? { server: after, otherServer: server }
    : { server, otherServer: after };
}

/** Says what the numbers tell: whether the RST hits, and why the segment is out of place. */
export function numbersOf({ odd, reset, all }: Suspect): Pick<StrayReset, 'isExact' | 'why'> {
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
