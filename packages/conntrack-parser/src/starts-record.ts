import { skipBlanks, startsWithAt } from '@tuplescope/scan';
import { isContinuation } from './continuation.ts';

const LESS = 0x3c;

/**
 * Says whether a line begins a record: it does not go on with the entry before it, and is no line
 * inside a `<flow>`. A stream is cut only before such a line.
 */
export function startsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  const at = skipBlanks(bytes, start, end);
  if (bytes[at] !== LESS) return !isContinuation(bytes, start, end);
  return ['<flow', '<?xml', '<conntrack', '</conntrack'].some((tag) =>
    startsWithAt(bytes, at, end, tag),
  );
}
