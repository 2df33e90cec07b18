import type { LogBehaviour } from '../behaviour.ts';
import type { Kernel } from './kernel.ts';
import { UNACK } from './limits.ts';
import { tcpStateName } from './tcp-state.ts';
import type { LogKind, Trace } from './trace.ts';

/**
 * Timer interrupts a second of the recorded kernels; the older message of a lowered timeout prints
 * it in these.
 */
const HZ = 250;

/** What stands before each message: the 6 is TCP. */
export const LOG_PREFIX = 'nf_ct_proto_6: ';

/**
 * Words a packet's messages as a kernel does, without prefix and packet: none, one, or two where a
 * timeout was lowered as well. Kernels up to 5.11 leave a blank at the end of one of them.
 */
export function logTexts({ behaviour, limits }: Kernel, trace: Trace): readonly string[] {
  const { log } = behaviour;
  const texts: string[] = [];
  if (trace.log !== null) {
    const text = wording(log, trace, trace.log);
    if (text !== null) texts.push(text);
  }
  if (trace.loweredFor >= 0) {
    texts.push(loweredTimeout(log, trace, limits.timeouts[UNACK] as number));
  }
  return texts;
}

function wording(log: LogBehaviour, trace: Trace, kind: LogKind): string | null {
  switch (kind) {
    case 'short-packet':
      // silent-short-packet: from 5.0 on nothing is said.
      return log.shortPacket ? 'short packet' : null;
    case 'truncated-packet':
      return 'truncated packet';
    case 'bad-checksum':
      return 'bad checksum';
    case 'invalid-flags':
      return 'invalid tcp flag combination';
    case 'invalid-new':
      // log-invalid-new: from 6.8 on.
      return log.invalidNew ? 'invalid new' : null;
    case 'ignored':
      return ignored(log, trace);
    case 'no-transition':
      return noTransition(log, trace);
    case 'challenge-ack':
      return 'challenge-ack ignored';
    case 'invalid-rst':
      return 'invalid rst';
    case 'overshoot':
      return `${trace.logNumber >>> 0} bytes more than expected`;
    default:
      return log.windowBounds ? boundText(kind, trace.logNumber >>> 0) : OLD_WINDOW_TEXTS[kind];
  }
}

/** log-ignored-direction, 07b5a76e1892. */
function ignored(log: LogBehaviour, { index, direction, state }: Trace): string {
  return log.ignoredDirection
    ? `packet (index ${index}) in dir ${direction} ignored, state ${tcpStateName(state)}`
    : `invalid packet ignored in state ${tcpStateName(state)} `;
}

/** log-invalid-direction, f74360d3440c. */
function noTransition(log: LogBehaviour, { index, direction, state }: Trace): string {
  return log.invalidDirection
    ? `packet (index ${index}) in dir ${direction} invalid, state ${tcpStateName(state)}`
    : 'invalid state';
}

/** log-lowered-timeout, 2d19b95c9723. */
function loweredTimeout(
  log: LogBehaviour,
  { index, direction, loweredFor }: Trace,
  unack: number,
): string {
  return log.loweredTimeout === 'unack'
    ? 'lowered timeout to UNACK'
    : `packet (index ${index}, dir ${direction}) response for index ${loweredFor} lower timeout to ${unack * HZ}`;
}

type WindowKind = 'seq-over' | 'seq-under' | 'ack-over' | 'ack-under';

/** Up to 6.0. */
const OLD_WINDOW_TEXTS: Readonly<Record<WindowKind, string>> = {
  'seq-over': 'SEQ is over the upper bound (over the window of the receiver)',
  'seq-under': 'SEQ is under the lower bound (already ACKed data retransmitted)',
  'ack-over': 'ACK is over the upper bound (ACKed data not seen yet)',
  'ack-under': 'ACK is under the lower bound (possible overly delayed ACK)',
};

/** From 6.1 on, with delayed-pass, 6e250dcbff1d: the bound is named. */
function boundText(kind: WindowKind, bound: number): string {
  switch (kind) {
    case 'seq-over':
      return `SEQ is over upper bound ${bound} (over the window of the receiver)`;
    case 'seq-under':
      return `SEQ is under lower bound ${bound} (already ACKed data retransmitted)`;
    case 'ack-over':
      return `ACK is over upper bound ${bound} (ACKed data not seen yet)`;
    case 'ack-under':
      return `ignored ACK under lower bound ${bound} (possible overly delayed)`;
  }
}
