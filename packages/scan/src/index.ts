export { asciiWord } from './ascii-word.ts';
export {
  BLANK,
  CARRIAGE_RETURN,
  indexOfByte,
  indexOfText,
  isBlank,
  isSpace,
  LINE_FEED,
  lineEndAt,
  skipBlanks,
  skipSpace,
  spaceAt,
  startsWithAt,
  TAB,
  trimEnd,
  wordEnd,
} from './bytes.ts';
export { daySeconds, readMonth, timeSeconds } from './calendar.ts';
export { type ColumnArray, type ColumnArrays, Columns, type ColumnType } from './columns.ts';
export type { Diagnostic, Severity } from './diagnostic.ts';
export { DiagnosticList, type DiagnosticPlace, MAX_DIAGNOSTICS } from './diagnostic-list.ts';
export { estimateLines } from './estimate-lines.ts';
export { excerpt, visible } from './excerpt.ts';
export { Interner } from './interner.ts';
export { countErrors, judgedHead } from './judged-head.ts';
export { LineScanner, MAX_LINE_BYTES } from './line-scanner.ts';
export { OtherLines } from './other-lines.ts';
export { isOversizedLine } from './oversized-line.ts';
export { classifyPastedLine, commandAtPrompt, type PastedLine } from './pasted-line.ts';
export { hexDigit, isDigit, readDigits, readHex, readUnsigned } from './read-number.ts';
export { type SourceOrigin, type SourceSpan, spanAt, WHOLE_INPUT } from './source-span.ts';
export { SparseColumn } from './sparse-column.ts';
export {
  type BlockParser,
  MAX_RECORD_BYTES,
  type StreamOptions,
  streamRecords,
} from './stream-records.ts';
export { checkRow, iterateRows, type Table } from './table.ts';
export { decodeText, toBytes } from './text.ts';
