import { type DirectionNumber, ORIGINAL } from './direction.ts';
import type { Rule } from './rules.ts';
import { NONE } from './tcp-state.ts';

/** A message of nf_conntrack_log_invalid, its wording left to the kernel. */
export type LogKind =
  | 'short-packet'
  | 'truncated-packet'
  | 'bad-checksum'
  | 'invalid-flags'
  | 'invalid-new'
  | 'ignored'
  | 'no-transition'
  | 'challenge-ack'
  | 'invalid-rst'
  | 'seq-over'
  | 'seq-under'
  | 'ack-over'
  | 'ack-under'
  | 'overshoot';

/**
 * Why a packet was judged as it was, written down in numbers while it is judged; one trace is used
 * for one packet after the other, and made into words only when somebody asks.
 */
export interface Trace {
  rule: Rule;
  /** The two numbers that the rule compared. */
  left: number;
  right: number;
  log: LogKind | null;
  /** The number in the message: a bound, or bytes. */
  logNumber: number;
  /** The packet's class, direction and the state that it met. */
  index: number;
  direction: DirectionNumber;
  state: number;
  /** The packet led to another state than the one that it met. */
  changed: boolean;
  /** Class of the packet that this one answered when the timeout was lowered, or -1. */
  loweredFor: number;
}

/** Makes an empty trace. */
export function createTrace(): Trace {
  return {
    rule: 'in-window',
    left: 0,
    right: 0,
    log: null,
    logNumber: 0,
    index: 0,
    direction: ORIGINAL,
    state: NONE,
    changed: false,
    loweredFor: -1,
  };
}

/** Begins a packet. A rule is noted for every packet, so that one needs no clearing. */
export function clearTrace(trace: Trace): void {
  trace.log = null;
  trace.changed = false;
  trace.loweredFor = -1;
}

/** Notes the rule that decided, and what it compared. */
export function decide(trace: Trace, rule: Rule, left: number, right: number): void {
  trace.rule = rule;
  trace.left = left;
  trace.right = right;
}

/** Notes the message that the kernel would write. */
export function note(trace: Trace, log: LogKind, logNumber: number): void {
  trace.log = log;
  trace.logNumber = logNumber;
}
