/**
 * Takes a person's notes out of a value: `on,1.684ms(timeout),2(retry counter)` was
 * `on,1.684ms,2`. Gives null where the parentheses do not pair.
 *
 * @example
 * withoutNotes('2(retry counter)') // '2'
 */
export function withoutNotes(text: string): string | null {
  let kept = '';
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (depth === 0) kept += character;
    if (depth < 0) return null;
  }
  return depth === 0 ? kept.trim() : null;
}
