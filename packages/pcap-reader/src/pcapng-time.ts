import type { SectionInterface } from './section.ts';
import type { Walk } from './walk.ts';

const WORD = 2 ** 32;
const POWERS_OF_TEN = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/**
 * Puts the time of a block into the walk: a 64-bit count of units, whose size the interface says.
 * Units finer than a nanosecond are cut to it.
 */
export function setTime(walk: Walk, from: SectionInterface, high: number, low: number): void {
  const { resolution, offsetSeconds } = from;
  const count = high * WORD + low;
  walk.hasTime = true;
  if (resolution === 6 && count <= Number.MAX_SAFE_INTEGER) {
    const seconds = Math.floor(count / 1e6);
    walk.seconds = seconds + offsetSeconds;
    walk.nanoseconds = (count - seconds * 1e6) * 1000;
    return;
  }
  const units = POWERS_OF_TEN[resolution];
  if (units === undefined) {
    setFineTime(walk, from, high, low);
    return;
  }
  // Long division in digits of 16 bits: each step stays under 2^53.
  const first = Math.floor(high / units);
  const second = (high - first * units) * 0x10000 + (low >>> 16);
  const secondQuotient = Math.floor(second / units);
  const third = (second - secondQuotient * units) * 0x10000 + (low & 0xffff);
  const thirdQuotient = Math.floor(third / units);
  walk.seconds = first * WORD + secondQuotient * 0x10000 + thirdQuotient + offsetSeconds;
  walk.nanoseconds = (third - thirdQuotient * units) * (1e9 / units);
}

/** Powers of two, and units under a nanosecond: rare, so they may be slow. */
function setFineTime(walk: Walk, from: SectionInterface, high: number, low: number): void {
  const { resolution, offsetSeconds } = from;
  const count = (BigInt(high) << 32n) | BigInt(low);
  const exponent = BigInt(resolution & 0x7f);
  const units = resolution & 0x80 ? 1n << exponent : 10n ** exponent;
  walk.seconds = Number(count / units) + offsetSeconds;
  walk.nanoseconds = Number(((count % units) * 1_000_000_000n) / units);
}
