/**
 * Flattens a record: nested names are joined by a dot, lists stay whole.
 *
 * @example
 * flattenRecord({ orig: { src: '10.0.0.1' }, use: 1 }) // Map { 'orig.src' => '10.0.0.1', 'use' => 1 }
 */
export function flattenRecord(record: unknown): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const flatten = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      fields.set(name, value);
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      flatten(inner, name === '' ? key : `${name}.${key}`);
    }
  };
  flatten(record, '');
  return fields;
}

/**
 * A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection"), in full-width
 * letters too; a signed number is none.
 */
const FORMULA = /^(?:[=@\t\r\n＝＋－＠]|[+-](?!\d*\.?\d*$))/;

/**
 * Writes one field of a CSV: quoted where RFC 4180 asks for it; null and undefined are empty; lists
 * and objects are JSON; text that a spreadsheet would run has a single quote before it.
 *
 * @example
 * quoteField('a "b", c') // '"a ""b"", c"'
 * quoteField('=HYPERLINK(1)') // "'=HYPERLINK(1)"
 */
export function quoteField(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
