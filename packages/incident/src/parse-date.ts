/** Months as `date` and `dmesg -T` name them in the C locale. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

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
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000;
    const time = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
    const shift = zone === undefined ? local : -zoneSeconds(zone);
    return at + time + Number(`0.${fraction ?? 0}`) + shift;
  }
  const c = C_LOCALE.exec(line);
  if (c === null) return null;
  const [, month, day, hour, minute, second, zone, year] = c;
  const index = MONTHS.indexOf(month as string);
  if (index < 0) return null;
  const at = Date.UTC(Number(year), index, Number(day)) / 1000;
  const isUtc = zone === 'UTC' || zone === 'GMT';
  const time = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return at + time + (isUtc ? 0 : local);
}

/** `+02:00` or `+0200` in seconds east of Greenwich. */
function zoneSeconds(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
