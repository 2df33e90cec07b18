/**
 * Flattens a record: nested names are joined by a dot, lists stay whole as JSON.
 *
 * @example
 * flattenRecord({ orig: { src: '10.0.0.1' }, use: 1 }) // Map { 'orig.src' => '10.0.0.1', 'use' => 1 }
 */
export function flattenRecord(record: unknown, prefix = ''): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(record as Record<string, unknown>)) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) fields.set(`${prefix}${name}`, value);
    else
      for (const [key, inner] of flattenRecord(value, `${prefix}${name}.`)) fields.set(key, inner);
  }
  return fields;
}

/** A spreadsheet runs a cell that begins so; a quote before it keeps it text. */
const FORMULA = /^[=+@\t\r-](?!\d*\.?\d*$)/;

/** Quotes a field where RFC 4180 asks for it; null is empty. */
export function quoteField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
