import { WordList } from './word-list.ts';

/** The timers: `ss` prints all but `off` (tcp_timer_print, sctp_timer_print in misc/ss.c). */
export const TIMERS: WordList = new WordList([
  ...['off', 'on', 'keepalive', 'timewait', 'persist', 'unknown', 'delack', 'T3_RTX'],
]);

/** Stands in the column where no timer is printed. */
export const NO_TIMER = 255;

/** The timer of a socket. */
export interface SsTimer {
  /**
   * `on` retransmits, `keepalive`, `timewait`, `persist` probes a zero window, `unknown`; `off` is
   * printed by netstat and /proc/net/tcp only. netstat's `probe` is `persist` here.
   */
  readonly name: string;
  /** Seconds until it expires. */
  readonly seconds: number;
  /** How often it has expired already: retransmissions, or probes sent. */
  readonly retransmits: number;
  /**
   * The time as `ss` printed it: before iproute2 6.11 `1.684ms` means 1.684 seconds. Absent for
   * netstat and /proc/net/tcp.
   */
  readonly text?: string;
}

/** A timer while it is read; used again for the next. */
export class TimerDraft {
  /** Number in {@link TIMERS}. */
  name = 0;
  milliseconds = 0;
  retransmits = 0;
}

const COMMA = 0x2c;
const DOT = 0x2e;
const CLOSE = 0x29;

/**
 * Reads `on,1.684ms,2)` from after `timer:(` and gives the offset after the `)`, or -1.
 *
 * A time is the sum of its parts: `1min2sec`, `46sec`, `954ms`. `ss` counts in whole milliseconds,
 * so a number with a fraction is in seconds whatever the unit says: print_ms_timer wrote `1.684ms`
 * for 1684 ms until 6.11, and writes `1.684sec` since. A timer that is due prints nothing.
 */
export function readTimer(
  bytes: Uint8Array,
  start: number,
  end: number,
  draft: TimerDraft,
): number {
  let at = start;
  while (at < end && bytes[at] !== COMMA) at++;
  const name = TIMERS.indexOf(bytes, start, at);
  if (name < 0) return -1;
  at++;
  let milliseconds = 0;
  while (at < end && bytes[at] !== COMMA) {
    let value = 0;
    let scale = 0;
    const first = at;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 48;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        scale *= 10;
      } else if (bytes[at] === DOT && scale === 0) scale = 1;
      else break;
    }
    const unit = unitAt(bytes, at, end);
    if (unit === 0 || at === first || value > 0xffffffff) return -1;
    at += unit === MILLISECONDS ? 2 : 3;
    milliseconds += scale > 0 ? Math.round((value * 1000) / scale) : value * unit;
  }
  at++;
  let retransmits = 0;
  const first = at;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    retransmits = retransmits * 10 + digit;
  }
  if (at === first || bytes[at] !== CLOSE || at >= end) return -1;
  if (milliseconds > 0xffffffff || retransmits > 0xffffffff) return -1;
  draft.name = name;
  draft.milliseconds = milliseconds;
  draft.retransmits = retransmits;
  return at + 1;
}

const MILLISECONDS = 1;

/** Milliseconds in the unit that stands here, 0 where none does. */
function unitAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 > end) return 0;
  const second = bytes[at + 1];
  if (bytes[at] === 0x73 /* s */) {
    return second === 0x65 && at + 3 <= end && bytes[at + 2] === 0x63 ? 1000 : 0;
  }
  if (bytes[at] !== 0x6d /* m */) return 0;
  if (second === 0x73) return MILLISECONDS;
  return second === 0x69 && at + 3 <= end && bytes[at + 2] === 0x6e ? 60_000 : 0;
}
