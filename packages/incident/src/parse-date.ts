import { daySeconds, readMonth, timeSeconds, toBytes } from '@tuplescope/scan';

const EPOCH = /^(\d{9,11}(?:\.\d{1,9})?)\b/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?/;
const C_LOCALE =
  /^\w{3} (\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?: [AP]M)?(?: (UTC|GMT|[A-Z]{3,5}))? (\d{4})/;

/**
 * Reads what `date` printed, in seconds since the epoch: `date +%s.%N`, ISO 8601, or the form of the
 * C locale. A time without a zone, or with a zone that is a mere name, is read with the offset that
 * the caller gives, UTC where none. Null where it is none of these.
 *
 * @example
 * parseDate('2026-11-22 23:26:25.5 UTC') // 1795389985.5
 */
export function parseDate(text: string, options: { utcOffsetHours?: number } = {}): number | null {
  const line = text.trimStart();
  const epoch = EPOCH.exec(line)?.[1];
  if (epoch !== undefined) return Number(epoch);
  const local = -(options.utcOffsetHours ?? 0) * 3600;
  const iso = ISO.exec(line);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    const shift = zone === undefined ? local : -zoneSeconds(zone);
    const at = secondsOf([year, month, day, hour, minute, second].map(Number));
    return at === null ? null : at + Number(`0.${fraction ?? 0}`) + shift;
  }
  const c = C_LOCALE.exec(line);
  if (c === null) return null;
  const [, name = '', day, hour, minute, second, zone, year] = c;
  const month = readMonth(toBytes(name), 0, name.length);
  const at = secondsOf([year, month, day, hour, minute, second].map(Number));
  const isUtc = zone === 'UTC' || zone === 'GMT';
  return at === null ? null : at + (isUtc ? 0 : local);
}

/** A date and time of UTC in seconds since the epoch, or null where there is no such moment. */
function secondsOf(parts: readonly number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const at = daySeconds(year, month, day) + timeSeconds(hour, minute, second);
  return Number.isNaN(at) ? null : at;
}

/** `+02:00` or `+0200` in seconds east of Greenwich. */
function zoneSeconds(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
