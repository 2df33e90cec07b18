/** A setting of a script, or a line where other text belongs. */
const PLACE = /^([A-Z]+)=''|^@([A-Z]+)@$/gm;

/**
 * Fills in a shell script: each setting `NAME=''` at the beginning of a line gets its value, quoted,
 * and each line `@NAME@` becomes a text, as it is. All in one pass, so that nothing in a value is
 * taken for a place.
 *
 * @example
 * fillIn("POD=''\n@BODY@\n", { POD: 'web-0' }, { BODY: 'echo "$POD"\n' })
 * // "POD='web-0'\necho \"$POD\"\n"
 */
export function fillIn(
  script: string,
  values: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>>,
): string {
  const missing = new Set([...Object.keys(values), ...Object.keys(texts)]);
  const filled = script.replaceAll(PLACE, (place, setting?: string, text?: string) => {
    const name = setting ?? text ?? '';
    missing.delete(name);
    if (setting === undefined) return texts[name]?.trimEnd() ?? place;
    const value = values[name];
    return value === undefined ? place : `${name}=${quoteForShell(value)}`;
  });
  if (missing.size === 0) return filled;
  throw new Error(`the script has no place for ${[...missing].join(', ')}`);
}

/**
 * Quotes a text so that any POSIX shell reads it as one word and runs nothing of it.
 *
 * @example
 * quoteForShell("it's") // `'it'\\''s'`
 */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
