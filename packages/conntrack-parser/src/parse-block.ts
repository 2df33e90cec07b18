import type { SourceOrigin } from '@tuplescope/scan';
import { readCommonLines } from './common-lines.ts';
import type { ConntrackOptions } from './conntrack-options.ts';
import { ConntrackTable } from './conntrack-table.ts';
import { RecordReader } from './record-reader.ts';

/**
 * Parses whole lines of any form of `conntrack` or of /proc/net/nf_conntrack; forms may be mixed.
 *
 * @param isCareful reads the common lines by the careful reader too; only the tests ask for it, to
 * compare the two.
 */
export function parseBlock(
  bytes: Uint8Array,
  origin: SourceOrigin,
  options: ConntrackOptions,
  isCareful = false,
): ConntrackTable {
  const reader = new RecordReader(bytes, origin, options);
  const { lines, columns } = reader;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (lines.following < bytes.length) {
    if (!isCareful) {
      const row = columns.length;
      lines.following = readCommonLines(bytes, view, lines.following, columns);
      if (columns.length > row) columns.lines.set(row, lines.line + 1);
      lines.line += columns.length - row;
    }
    if (lines.next()) reader.readRecord();
  }
  columns.trim();
  return new ConntrackTable(columns, reader.diagnostics.all(), origin);
}
