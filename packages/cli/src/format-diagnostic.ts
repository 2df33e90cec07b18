import { type Diagnostic, type Severity, visible } from '@tuplescope/scan';
import { createColors } from 'picocolors';

/**
 * Writes a diagnostic as compilers do, so that editors find the place: `file:line:column: severity:
 * message`.
 *
 * @example
 * formatDiagnostic('ss.txt', diagnostic, false)
 * // 'ss.txt:3:1: error: expected a socket, found "oops"'
 */
export function formatDiagnostic(
  path: string,
  { line, column, severity, message }: Diagnostic,
  isColored: boolean,
): string {
  const { red, yellow, dim } = createColors(isColored);
  const paint: Record<Severity, (text: string) => string> = {
    error: red,
    warning: yellow,
    hint: dim,
  };
  return `${visible(path)}:${line}:${column}: ${paint[severity](severity)}: ${visible(message)}`;
}
