import { type DiagnosticList, LINE_FEED, type Severity } from '@tuplescope/scan';
import { adopt } from './adopt.ts';
import { decodeExtensions } from './decode-extensions.ts';
import { HAS, type SocketColumns } from './socket-columns.ts';

/**
 * Reads the extensions of a row the slow way, now that all its lines are known, and says what had
 * to be forgiven (wrapped lines, notes) and what is malformed.
 *
 * @param annotatedAt where a note in an address begins, or -1.
 */
export function settleRow(
  bytes: Uint8Array,
  sockets: SocketColumns,
  row: number,
  annotatedAt: number,
  diagnostics: DiagnosticList,
): void {
  const { arrays, rejoined } = sockets;
  const start = arrays.start[row] as number;
  const end = arrays.end[row] as number;
  const extensions = arrays.extensions[row] as number;
  const text = rejoined.get(row);
  const line = arrays.line[row] as number;
  const lineStart = lineStartAt(bytes, start);
  const say = (severity: Severity, from: number, to: number, expected: string): void =>
    diagnostics.add({ severity, line, lineStart, start: from, end: to, expected });
  if (text !== undefined) say('hint', start, end, 'a socket on one line');
  if (annotatedAt >= 0) say('hint', annotatedAt, extensions, 'an address without a note');
  const found = decodeExtensions(text ?? bytes, extensions, text?.length ?? end, {
    isUnix: ((arrays.has[row] as number) & HAS.unixEnds) !== 0,
    isTcp: true,
  });
  adopt(sockets, row, found);
  for (const complaint of found.complaints) {
    const severity = complaint.kind === 'note' ? 'hint' : 'warning';
    // The place in a text that was put together is no place in the input.
    if (text !== undefined) say(severity, start, end, complaint.expected);
    else say(severity, complaint.start, complaint.end, complaint.expected);
  }
}

/** The offset of the first byte of the line that a byte stands in. */
export function lineStartAt(bytes: Uint8Array, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, at - 1) + 1;
}
