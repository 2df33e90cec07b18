import { skipBlanks } from '@tuplescope/scan';
import { keyAt } from './text-keys.ts';

const BRACKET = 0x5b;

/**
 * Says whether a line goes on with the entry of the line before it, as when a paste was wrapped: it
 * begins with a field or with a flag such as `[ASSURED]`, perhaps after a remark in parentheses.
 *
 * @example
 * isContinuation(toBytes('  src=10.0.0.1'), 0, 14) // true
 */
export function isContinuation(bytes: Uint8Array, start: number, end: number): boolean {
  let at = skipBlanks(bytes, start, end);
  if (bytes[at] === 0x28 /* ( */) {
    while (at < end && bytes[at] !== 0x29 /* ) */) at++;
    at = skipBlanks(bytes, bytes[at + 1] === 0x3a /* : */ ? at + 2 : at + 1, end);
  }
  if (at >= end) return false;
  if (bytes[at] !== BRACKET) return keyAt(bytes, at, end) !== null;
  // [UNREPLIED] [ASSURED] [OFFLOAD] [HW_OFFLOAD] [start=…] [stop=…], but not [NEW] or [1795386267.6]
  const flag = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
  return ['UN', 'AS', 'OF', 'HW', 'st', 'US'].includes(flag);
}
