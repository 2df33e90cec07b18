import { ACK, isAfter, SYN } from '@tuplescope/net';
import type { Connection, Side } from './connection.ts';
import { type DirectionNumber, ORIGINAL, REPLY } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { takeOptions } from './side-options.ts';
import { WINDOW_SCALE } from './tcp-mark.ts';
import { SYN_RECV, SYN_SENT } from './tcp-state.ts';

/** Asks quickly whether a side may begin: nothing was seen from it, or the handshake is not over. */
export function mayBegin({ state }: Connection, sender: Side): boolean {
  return sender.maxwin === 0 || state === SYN_SENT || state === SYN_RECV;
}

/**
 * Starts the window of a side: at its first packet, or afresh when it begins again.
 *
 * @returns true where the packet is accepted at once, without a window test.
 */
export function beginSide(
  kernel: Kernel,
  connection: Connection,
  sender: Side,
  receiver: Side,
  segment: Segment,
  direction: DirectionNumber,
  end: number,
  sack: number,
): boolean {
  const isSyn = (segment.flags & SYN) !== 0;
  const isBareSyn = isSyn && !(segment.flags & ACK);
  if (sender.maxwin === 0) {
    if (isSyn) {
      beginWithSyn(kernel, sender, receiver, segment, direction, end);
      // A SYN from a side that said nothing yet: both opened at once.
      return isBareSyn;
    }
    beginInTheMiddle(kernel, sender, receiver, segment, end, sack);
    return false;
  }
  const { reinit } = kernel.behaviour;
  const { state } = connection;
  if (reinit === 'synOnly') {
    // reinit-syn-only, c7aab4f17021: a SYN beyond what the side sent, in either direction.
    const opening = state === SYN_SENT || state === SYN_RECV;
    if (!isSyn || !opening || !isAfter(end, sender.end)) return false;
    beginWithSyn(kernel, sender, receiver, segment, direction, end);
    return direction === REPLY && isBareSyn;
  }
  const opensAgain =
    (state === SYN_SENT && direction === ORIGINAL) || (state === SYN_RECV && direction === REPLY);
  if (opensAgain && isAfter(end, sender.end)) {
    // Until c7aab4f17021 any packet did this, RSTs and plain ACKs too.
    sender.end = end;
    sender.maxend = end;
    sender.maxwin = segment.win || 1;
    takeOptions(kernel, sender, segment);
    return false;
  }
  // reinit-synack, 82b72cb94666: a SYN/ACK sent again starts the reply side afresh.
  if (reinit === 'legacy+synack' && isSyn && direction === REPLY && state === SYN_SENT) {
    beginWithSyn(kernel, sender, receiver, segment, direction, end);
    return isBareSyn;
  }
  return false;
}

/** tcp_init_sender. The window of a SYN is never scaled (RFC 7323 section 2.2). */
function beginWithSyn(
  kernel: Kernel,
  sender: Side,
  receiver: Side,
  segment: Segment,
  direction: DirectionNumber,
  end: number,
): void {
  sender.end = end;
  sender.maxend = end;
  sender.maxwin = segment.win || 1;
  takeOptions(kernel, sender, segment);
  // Both sides must offer scaling, or neither uses it. With scale-from-reply (fb366fc7541a) that is
  // settled only when the reply side begins. The flags stay as they are.
  const bothScale = (sender.flags & receiver.flags & WINDOW_SCALE) !== 0;
  if (!bothScale && (direction === REPLY || !kernel.behaviour.wscaleDir)) {
    sender.scale = 0;
    receiver.scale = 0;
  }
}

/** A side whose SYN was not seen: the entry was picked up in the middle. */
function beginInTheMiddle(
  kernel: Kernel,
  sender: Side,
  receiver: Side,
  segment: Segment,
  end: number,
  sack: number,
): void {
  sender.end = end;
  sender.maxwin = segment.win << sender.scale || 1;
  sender.maxend = (end + sender.maxwin) | 0;
  if (receiver.maxwin === 0) {
    receiver.end = sack;
    receiver.maxend = sack;
  } else if (kernel.behaviour.keepalive && sack === ((receiver.end + 1) | 0)) {
    // keepalive-pickup, 4f25434bccc2: the other side began with a keep-alive, one byte too low.
    receiver.end = (receiver.end + 1) | 0;
  }
}
