import type { ConversationPacket } from '@tuplescope/conversation';
import type { Behaviour } from '@tuplescope/kernel-model';

/** Follows when a connect's SYN is sent again. */
export interface SynTimer {
  /** Takes the next packet; says why a kernel would not have sent it when it was sent, or null. */
  contradiction(packet: ConversationPacket): string | null;
}

/** The first resend comes 1 s after the SYN (RFC 6298 section 2.1), or at once; this lies between. */
const SOON_SECONDS = 0.6;

/**
 * A kernel with early-syn-resend (9603d47bad46) sends the SYN again within milliseconds after an
 * unacceptable ACK, others when the timer of 1 s ends. Only the first resend tells: later ones
 * double the time on both.
 */
export function synTimer({ socket: { earlySynResend } }: Behaviour): SynTimer {
  let syn: ConversationPacket | null = null;
  let challenge: ConversationPacket | null = null;
  let isDone = false;

  function contradiction(packet: ConversationPacket): string | null {
    const { at, flags, direction, retransmits, older } = packet;
    if (isDone || at === null) return null;
    if (direction === 'reply') {
      if (syn !== null && older !== null && flags === 'A') challenge ??= packet;
      else isDone = true;
      return null;
    }
    if (flags !== 'S') {
      isDone ||= flags !== 'R';
      return null;
    }
    if (retransmits === null) {
      syn = packet;
      return null;
    }
    isDone = true;
    if (syn?.at == null || challenge?.at == null) return null;
    const sinceSyn = at - syn.at;
    const sinceAck = at - challenge.at;
    if (challenge.at - syn.at > SOON_SECONDS) return null;
    if (!earlySynResend && sinceSyn < SOON_SECONDS) {
      return `This kernel sends the SYN again 1 s after the first; the capture shows it after ${sinceSyn.toFixed(3)} s.`;
    }
    if (earlySynResend && sinceAck > SOON_SECONDS) {
      return `This kernel sends the SYN again at once after an unacceptable ACK; the capture shows it after ${sinceAck.toFixed(3)} s.`;
    }
    return null;
  }

  return { contradiction };
}
