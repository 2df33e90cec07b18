import {
  DiagnosticList,
  isOversizedLine,
  LineScanner,
  type SourceOrigin,
  skipBlanks,
} from '@tuplescope/scan';
import { FieldCursor } from './field-cursor.ts';
import { DevicePlace, findDevices } from './find-devices.ts';
import { kernelMessageStart } from './kernel-message.ts';
import { LogRows } from './log-rows.ts';
import { NetfilterLogTable } from './netfilter-log-table.ts';
import type { NetfilterLogContext } from './parse-context.ts';
import { readLineStamp } from './read-line-stamp.ts';
import { LogLineReader } from './read-log-line.ts';

/** Bytes of a short LOG line with its stamp: how many rows to make room for at first. */
const USUAL_LINE_BYTES = 190;

/** Parses whole lines. What must be remembered from block to block is in `context`. */
export function parseBlock(
  bytes: Uint8Array,
  origin: SourceOrigin,
  context: NetfilterLogContext,
): NetfilterLogTable {
  const diagnostics = new DiagnosticList(bytes, origin);
  const rows = new LogRows(Math.ceil(bytes.length / USUAL_LINE_BYTES));
  const reader = new LogLineReader(bytes, origin, rows, new FieldCursor(bytes, diagnostics));
  const devices = new DevicePlace();
  const lines = new LineScanner(bytes);
  const { stamp, others } = context;
  while (lines.next()) {
    if (isOversizedLine(lines, diagnostics)) continue;
    const { line, start, end } = lines;
    const message = readLineStamp(bytes, start, end, stamp);
    findDevices(bytes, message, end, devices);
    if (devices.start >= 0 || devices.source >= 0) {
      reader.read(lines, message, devices, stamp);
      continue;
    }
    const text = kernelMessageStart(bytes, message, end);
    if (text >= 0) reader.readMessage(lines, message, text, stamp);
    else if (skipBlanks(bytes, start, end) < end) {
      others.add(bytes, origin, { line, lineStart: start, start, end });
    }
  }
  rows.trim();
  return new NetfilterLogTable(rows, diagnostics.all());
}
