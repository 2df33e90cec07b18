import stringWidth from 'string-width';

/** Characters of one column: ASCII, and those that this package writes itself. */
const NARROW = /^[ -~·…→←×≠’✓✗●►◄│─┼╌┃⋮]*$/;

/** Says whether each character of a text takes one column, so that nothing has to be looked up. */
export function isNarrow(text: string): boolean {
  return NARROW.test(text);
}

/**
 * Gives the columns that a text takes on a terminal.
 *
 * @example
 * columnWidth('名前 → a') // 8
 */
export function columnWidth(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}
