export {
  BLANK,
  CARRIAGE_RETURN,
  indexOfByte,
  isBlank,
  LINE_FEED,
  readHex,
  readUnsigned,
  skipBlanks,
  startsWithAt,
  TAB,
  trimEnd,
  wordEnd,
} from './bytes.ts';
export { type ColumnArray, type ColumnArrays, Columns, type ColumnType } from './columns.ts';
export type { Diagnostic, Severity } from './diagnostic.ts';
export { DiagnosticList, type DiagnosticPlace, MAX_DIAGNOSTICS } from './diagnostic-list.ts';
export { excerpt, visible } from './excerpt.ts';
export { Interner } from './interner.ts';
export { LineScanner, MAX_LINE_BYTES } from './line-scanner.ts';
export { isOversizedLine } from './oversized-line.ts';
export { type SourceOrigin, type SourceSpan, WHOLE_INPUT } from './source-span.ts';
export { SparseColumn } from './sparse-column.ts';
export {
  type BlockParser,
  MAX_RECORD_BYTES,
  type StreamOptions,
  streamRecords,
} from './stream-records.ts';
export { checkRow, iterateRows, type Table } from './table.ts';
export { decodeText, toBytes } from './text.ts';
