import { TAB } from '@tuplescope/scan';
import { newCursor } from './cursor.ts';
import { startsUnstamped } from './packet-start.ts';
import { newStamp, takeStamp } from './stamp.ts';

/** Says whether a line begins a record: only there may a text be cut into blocks. */
export function startsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end || bytes[start] === TAB) return false;
  if (takeStamp(newCursor(bytes, start, end), newStamp(), 0)) return true;
  return bytes[start] !== 0x20 && startsUnstamped(bytes, start, end);
}
