import { isAfter, isBefore } from '@tuplescope/net';
import type { Side } from './connection.ts';

/** MAXACKWINCONST: however small the window, ACKs this far back are taken. */
const LEAST_ACK_WINDOW = 66_000;

/** Test I: the segment begins before this, one past what the receiver's window allows. */
export function seqUpperBound(sender: Side): number {
  return (sender.maxend + 1) | 0;
}

/** Test II: the segment ends after this, at most a window behind what the sender has sent. */
export function seqLowerBound(sender: Side, receiver: Side): number {
  return (sender.end - receiver.maxwin - 1) | 0;
}

/** Test III: the acknowledgement is before this, one past what the receiver has sent. */
export function ackUpperBound(receiver: Side): number {
  return (receiver.end + 1) | 0;
}

/** Test IV: the acknowledgement is after this, at most a window behind what the receiver has sent. */
export function ackLowerBound(sender: Side, receiver: Side): number {
  return (receiver.end - Math.max(sender.maxwin >>> 0, LEAST_ACK_WINDOW) - 1) | 0;
}

/** All four tests at once: what nearly every packet passes. */
export function fitsWindow(
  sender: Side,
  receiver: Side,
  seq: number,
  end: number,
  sack: number,
): boolean {
  const least = Math.max(sender.maxwin >>> 0, LEAST_ACK_WINDOW);
  return (
    isBefore(seq, sender.maxend + 1) &&
    (receiver.maxwin === 0 || isAfter(end, sender.end - receiver.maxwin - 1)) &&
    isBefore(sack, receiver.end + 1) &&
    isAfter(sack, receiver.end - least - 1)
  );
}

/** Test I. */
export function seqIsNotOver(seq: number, sender: Side): boolean {
  return isBefore(seq, seqUpperBound(sender));
}

/** Test II. Of a receiver that never said a word no window is known, so anything goes. */
export function seqIsNotUnder(end: number, sender: Side, receiver: Side): boolean {
  return receiver.maxwin === 0 || isAfter(end, seqLowerBound(sender, receiver));
}

/** Test III. */
export function ackIsNotOver(sack: number, receiver: Side): boolean {
  return isBefore(sack, ackUpperBound(receiver));
}

/** Test IV. */
export function ackIsNotUnder(sack: number, sender: Side, receiver: Side): boolean {
  return isAfter(sack, ackLowerBound(sender, receiver));
}
