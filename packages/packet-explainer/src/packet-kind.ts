import type { ConversationPacket } from '@tuplescope/conversation';
import { addSerial, isAfter } from '@tuplescope/net';
import type { PacketKind } from './explanation.ts';

/** What was seen of one side of a conversation so far. */
interface Side {
  /** The number after the last that it sent, or null. */
  end: number | null;
  hasFin: boolean;
  /** Its last window was closed. */
  isWindowClosed: boolean;
  /** Its last packet was a keep-alive. */
  keptAlive: boolean;
}

/** Tells the packets of one conversation apart, asked in the order of time. */
export interface KindTeller {
  /** @param window of the packet as on the wire. */
  tell(packet: ConversationPacket, window: number): PacketKind;
}

/** Begins a conversation. */
export function kindTeller(): KindTeller {
  const sides = { original: newSide(), reply: newSide() };
  const kinds: PacketKind[] = [];
  return {
    tell(packet, window) {
      const { direction } = packet;
      const own = sides[direction];
      const other = sides[direction === 'original' ? 'reply' : 'original'];
      const kind = kindOf(packet, own, other, kinds);
      kinds[packet.index] = kind;
      note(own, packet, window, kind);
      return kind;
    },
  };
}

function newSide(): Side {
  return { end: null, hasFin: false, isWindowClosed: false, keptAlive: false };
}

function kindOf(
  packet: ConversationPacket,
  own: Side,
  other: Side,
  kinds: readonly PacketKind[],
): PacketKind {
  const { flags, len, retransmits, answers, older, direction } = packet;
  const isAgain = retransmits !== null;
  const answered = answers === null ? null : (kinds[answers] ?? null);
  if (flags.includes('R')) return resetKind(answered);
  if (flags.includes('S')) {
    if (flags.includes('A')) return isAgain ? 'syn-ack-again' : 'syn-ack';
    return isAgain ? 'syn-again' : 'syn';
  }
  if (older !== null) {
    const isChallenge = direction === 'reply' && len === 0 && !flags.includes('F');
    return isChallenge && isSyn(answered) ? 'challenge-ack' : 'old';
  }
  if (flags.includes('F')) {
    if (isAgain) return 'fin-again';
    return other.hasFin ? 'fin' : 'half-close';
  }
  if (isKeepAlive(packet, own)) return 'keepalive';
  if (len > 0) {
    if (len === 1 && other.isWindowClosed) return 'window-probe';
    return isAgain ? 'data-again' : 'data';
  }
  return ackKind(answered, other);
}

function resetKind(answered: PacketKind | null): PacketKind {
  if (answered === 'challenge-ack') return 'rst-of-challenge';
  return isSyn(answered) ? 'refusal' : 'rst';
}

function isSyn(kind: PacketKind | null): boolean {
  return kind === 'syn' || kind === 'syn-again';
}

function ackKind(answered: PacketKind | null, other: Side): PacketKind {
  if (other.keptAlive) return 'keepalive-ack';
  switch (answered) {
    case null:
      return 'duplicate-ack';
    case 'syn-ack':
    case 'syn-ack-again':
      return 'handshake-ack';
    case 'half-close':
    case 'fin':
    case 'fin-again':
      return 'fin-ack';
    default:
      return 'ack';
  }
}

/** It begins one before what comes next, where everything before was acknowledged. */
function isKeepAlive({ seq, len }: ConversationPacket, { end }: Side): boolean {
  return seq !== undefined && end !== null && len <= 1 && seq === addSerial(end, -1);
}

function note(side: Side, packet: ConversationPacket, window: number, kind: PacketKind): void {
  const { seq, len, flags, older } = packet;
  side.keptAlive = kind === 'keepalive';
  side.isWindowClosed = window === 0 && !flags.includes('R');
  if (seq === undefined || older !== null || side.keptAlive || flags.includes('R')) return;
  const end = addSerial(seq, len + (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0));
  if (side.end === null || isAfter(end, side.end)) side.end = end;
  side.hasFin ||= flags.includes('F');
}
