import { decodeText } from '@tuplescope/scan';

/** What an extended header says of the member behind it (POSIX.1-2001, pax). */
export interface PaxRecords {
  readonly path?: string;
  readonly size?: number;
  /** The member is a sparse file: what follows is its map and its pieces. */
  readonly isSparse?: true;
}

/**
 * Reads records of the form `length key=value`, a line each; null where one is not.
 *
 * @example
 * readPaxRecords(toBytes('20 path=a/long/name\n')) // { path: 'a/long/name' }
 */
export function readPaxRecords(bytes: Uint8Array): PaxRecords | null {
  let records: PaxRecords = {};
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const blank = bytes.indexOf(0x20, at);
    const length = Number(decodeText(bytes, at, Math.min(blank, at + 16)));
    const end = at + length;
    const equals = bytes.indexOf(0x3d, blank);
    const isWhole = blank > at && Number.isInteger(length) && end <= bytes.length;
    if (!isWhole || equals < 0 || equals >= end || bytes[end - 1] !== 0x0a) return null;
    const value = decodeText(bytes, equals + 1, end - 1);
    const key = decodeText(bytes, blank + 1, equals);
    if (key === 'path') records = { ...records, path: value };
    else if (key === 'size') {
      const size = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      if (!Number.isSafeInteger(size)) return null;
      records = { ...records, size };
    } else if (key.startsWith('GNU.sparse.')) records = { ...records, isSparse: true };
    at = end;
  }
  return records;
}
