import { addSerial, serialDistance } from '@tuplescope/net';
import type { NumberedSyn, Scene } from './scene.ts';

/** The clock of initial sequence numbers ticks once in 64 ns (RFC 9293 section 3.4.1)… */
const TICKS_A_SECOND = 15_625_000;

/** …and goes round in this many seconds. */
export const ISN_PERIOD: number = 2 ** 32 / TICKS_A_SECOND;

/** A SYN whose number lies further from the clock than this many seconds has it from elsewhere. */
const MOST_OFF = 5;

/** The end of the year 9999, seconds since the epoch: what lies further is no date but a damaged file. */
const LAST_DATE = 253_402_300_799;

/** When connects to the old connection's own destination fail on a kernel that is affected. */
export interface IsnClock {
  /** Seconds after which it is so again. */
  readonly periodSeconds: number;
  /** Seconds since the epoch: the first window that is not over when the incident ends. */
  readonly timesOutFrom: number;
  readonly timesOutUntil: number;
}

/**
 * Says when a connect from the old port to the old destination gets a number that the RST lies ahead of.
 * One tuple has one clock: the new number is the old one and the time between.
 *
 * @param now seconds since the epoch.
 * @returns null where the clock tells nothing: another destination, no packet of the old SYN, or a SYN of
 * the connect whose number is not by the clock.
 */
export function isnClock(
  { clock: { old, connect }, numbers: { rcvNxt }, isSameDestination }: Scene,
  now: number,
): IsnClock | null {
  if (isSameDestination === false || old === null || rcvNxt === null) return null;
  if (Math.max(now, old.at) > LAST_DATE) return null;
  if (connect !== null && !isByClock(old, connect)) return null;
  // The RST is ahead of the SYN for half a period, which begins half a period after the number is reached.
  const reached = old.at + ((rcvNxt - old.isn - 2) >>> 0) / TICKS_A_SECOND;
  const begin = reached + ISN_PERIOD / 2;
  const rounds = Math.floor((now - begin) / ISN_PERIOD);
  const from = begin + rounds * ISN_PERIOD;
  const isOver = from + ISN_PERIOD / 2 <= now;
  const timesOutFrom = isOver ? from + ISN_PERIOD : from;
  return {
    periodSeconds: ISN_PERIOD,
    timesOutFrom,
    timesOutUntil: timesOutFrom + ISN_PERIOD / 2,
  };
}

function isByClock(old: NumberedSyn, connect: NumberedSyn): boolean {
  const ticks = Math.floor((connect.at - old.at) * TICKS_A_SECOND);
  const expected = addSerial(old.isn, ticks % 2 ** 32);
  return Math.abs(serialDistance(connect.isn, expected)) <= MOST_OFF * TICKS_A_SECOND;
}
