/**
 * Puts values into a text where `{0}`, `{1}` stand.
 *
 * @example
 * fillIn('{0} of {1} packets', 3, 40) // '3 of 40 packets'
 */
export function fillIn(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, number) => String(values[Number(number)] ?? ''));
}
