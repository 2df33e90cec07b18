import type { DiagnosticList } from './diagnostic-list.ts';
import { type LineScanner, MAX_LINE_BYTES } from './line-scanner.ts';

/**
 * Reports a line over {@link MAX_LINE_BYTES} and says whether it was one: a parser passes it over.
 *
 * @example
 * while (lines.next()) {
 *   if (isOversizedLine(lines, diagnostics)) continue;
 * }
 */
export function isOversizedLine(lines: LineScanner, diagnostics: DiagnosticList): boolean {
  const { line, start, end } = lines;
  if (end - start <= MAX_LINE_BYTES) return false;
  const expected = `a line of at most ${MAX_LINE_BYTES} bytes`;
  diagnostics.add({ severity: 'error', line, lineStart: start, start, end, expected });
  return true;
}
