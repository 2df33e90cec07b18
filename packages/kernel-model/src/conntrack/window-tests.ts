import type { Side } from './connection.ts';
import type { Kernel } from './kernel.ts';
import type { Rule } from './rules.ts';
import { BE_LIBERAL, DATA_UNACKNOWLEDGED } from './tcp-mark.ts';
import { decide, type LogKind, note, type Trace } from './trace.ts';
import {
  ackIsNotOver,
  ackIsNotUnder,
  ackLowerBound,
  ackUpperBound,
  seqIsNotOver,
  seqIsNotUnder,
  seqLowerBound,
  seqUpperBound,
} from './window-bounds.ts';
import { IN_WINDOW, OUT_OF_WINDOW, PASSED_BY } from './window-result.ts';

/**
 * Says what becomes of a packet of which at least one of the four tests failed. A liberal sender, or
 * the sysctl be_liberal, makes any failure an acceptance that changes nothing.
 */
export function judgeFailure(
  kernel: Kernel,
  sender: Side,
  receiver: Side,
  seq: number,
  end: number,
  sack: number,
  trace: Trace,
): number {
  return kernel.behaviour.ternary
    ? judgeInTurn(kernel, sender, receiver, seq, end, sack, trace)
    : judgeAtOnce(kernel, sender, receiver, seq, end, sack, trace);
}

/** Up to 6.0: all four at once, any failure is INVALID, and the message names the first. */
function judgeAtOnce(
  kernel: Kernel,
  sender: Side,
  receiver: Side,
  seq: number,
  end: number,
  sack: number,
  trace: Trace,
): number {
  if (!seqIsNotOver(seq, sender)) {
    const bound = seqUpperBound(sender);
    if (isLiberal(kernel, sender)) return pass(trace, seq, bound);
    const others =
      seqIsNotUnder(end, sender, receiver) &&
      ackIsNotOver(sack, receiver) &&
      ackIsNotUnder(sack, sender, receiver);
    if (others && overshoots(kernel, sender, receiver, end, trace)) return OUT_OF_WINDOW;
    return fail(trace, 'seq-over-upper-bound', 'seq-over', seq, bound, OUT_OF_WINDOW);
  }
  if (!seqIsNotUnder(end, sender, receiver)) {
    const bound = seqLowerBound(sender, receiver);
    if (isLiberal(kernel, sender)) return pass(trace, end, bound);
    return fail(trace, 'seq-under-lower-bound', 'seq-under', end, bound, OUT_OF_WINDOW);
  }
  if (!ackIsNotOver(sack, receiver)) {
    const bound = ackUpperBound(receiver);
    if (isLiberal(kernel, sender)) return pass(trace, sack, bound);
    return fail(trace, 'ack-over-upper-bound', 'ack-over', sack, bound, OUT_OF_WINDOW);
  }
  const bound = ackLowerBound(sender, receiver);
  if (isLiberal(kernel, sender)) return pass(trace, sack, bound);
  return fail(trace, 'ack-under-lower-bound', 'ack-under', sack, bound, OUT_OF_WINDOW);
}

/** From 6.1 on, delayed-pass (6e250dcbff1d): I, III, II, IV, and what is too low passes, ignored. */
function judgeInTurn(
  kernel: Kernel,
  sender: Side,
  receiver: Side,
  seq: number,
  end: number,
  sack: number,
  trace: Trace,
): number {
  if (!seqIsNotOver(seq, sender)) {
    const bound = seqUpperBound(sender);
    const others =
      receiver.maxwin !== 0 &&
      seqIsNotUnder(end, sender, receiver) &&
      ackIsNotOver(sack, receiver) &&
      ackIsNotUnder(sack, sender, receiver);
    // The limit moves before anybody asks whether the sender is liberal.
    const overshot = others && overshoots(kernel, sender, receiver, end, trace);
    if (isLiberal(kernel, sender)) return pass(trace, seq, bound);
    if (overshot) return PASSED_BY;
    return fail(trace, 'seq-over-upper-bound', 'seq-over', seq, bound, OUT_OF_WINDOW);
  }
  if (!ackIsNotOver(sack, receiver)) {
    const bound = ackUpperBound(receiver);
    if (isLiberal(kernel, sender)) return pass(trace, sack, bound);
    return fail(trace, 'ack-over-upper-bound', 'ack-over', sack, bound, OUT_OF_WINDOW);
  }
  if (!seqIsNotUnder(end, sender, receiver)) {
    const bound = seqLowerBound(sender, receiver);
    if (isLiberal(kernel, sender)) return pass(trace, end, bound);
    return fail(trace, 'seq-under-lower-bound', 'seq-under', end, bound, PASSED_BY);
  }
  const bound = ackLowerBound(sender, receiver);
  if (isLiberal(kernel, sender)) return pass(trace, sack, bound);
  return fail(trace, 'ack-under-lower-bound', 'ack-under', sack, bound, PASSED_BY);
}

/**
 * overshoot-allowance, cf97769c761a: data that exceeds the limit by no more than the receiver's
 * largest window is believed sent; its acknowledgement will not be over the upper bound then.
 */
function overshoots(
  kernel: Kernel,
  sender: Side,
  receiver: Side,
  end: number,
  trace: Trace,
): boolean {
  if (kernel.behaviour.overshoot === 'none') return false;
  const overshoot = (end - sender.maxend + 1) >>> 0;
  if (overshoot > receiver.maxwin >>> 0) return false;
  sender.end = end;
  sender.flags |= DATA_UNACKNOWLEDGED;
  decide(trace, 'overshoot', overshoot, receiver.maxwin >>> 0);
  note(trace, 'overshoot', overshoot);
  return true;
}

function isLiberal({ limits }: Kernel, sender: Side): boolean {
  return limits.beLiberal || (sender.flags & BE_LIBERAL) !== 0;
}

function pass(trace: Trace, compared: number, bound: number): number {
  decide(trace, 'be-liberal', compared, bound);
  trace.log = null;
  return IN_WINDOW;
}

function fail(
  trace: Trace,
  rule: Rule,
  log: LogKind,
  compared: number,
  bound: number,
  result: number,
): number {
  decide(trace, rule, compared, bound);
  note(trace, log, bound);
  return result;
}
