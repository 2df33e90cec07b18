import { visible } from '@tuplescope/scan';

/**
 * Makes the control characters in every text of a value visible. Names of processes and of files
 * come from the incident: nothing in them may steer a terminal.
 *
 * @example
 * visibleTexts({ name: 'a\u001b[2J' }) // { name: 'a\\x1b[2J' }
 */
export function visibleTexts<Value>(value: Value): Value {
  if (typeof value === 'string') return visible(value) as Value;
  if (Array.isArray(value)) return value.map(visibleTexts) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, visibleTexts(inner)]),
  ) as Value;
}
