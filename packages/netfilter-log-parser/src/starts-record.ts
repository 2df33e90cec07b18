import { isContinuation } from './continuation.ts';

/** Says whether a line begins a record: a stream is cut only before such a line. */
export function startsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  return !isContinuation(bytes, start, end);
}
