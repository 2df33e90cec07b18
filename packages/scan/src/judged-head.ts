import { LINE_FEED } from './bytes.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What an input is, is judged from so many of its first bytes. */
const HEAD_BYTES = 1 << 16;

/**
 * Gives the first 64 KiB of an input, up to the last line that is whole: a line that is cut says
 * nothing. Not copied.
 *
 * @example
 * judgedHead(input).length < input.length // true where the input goes on
 */
export function judgedHead(input: Uint8Array): Uint8Array {
  if (input.length <= HEAD_BYTES) return input;
  const lastLine = input.lastIndexOf(LINE_FEED, HEAD_BYTES - 1) + 1;
  return input.subarray(0, lastLine > 0 ? lastLine : HEAD_BYTES);
}

/**
 * Counts the diagnostics that say that data was lost: beside the rows they tell what an input is.
 *
 * @example
 * countErrors(parseConntrack('tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000').diagnostics) // 1
 */
export function countErrors(diagnostics: readonly Diagnostic[]): number {
  let errors = 0;
  for (const { severity } of diagnostics) if (severity === 'error') errors++;
  return errors;
}
