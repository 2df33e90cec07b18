/**
 * Writes a text so that Markdown shows it as it is: no emphasis, no link, no HTML, on one line. What
 * comes from an incident is never anything but text.
 *
 * @example
 * markdownText('[click](command:x) <b>') // '\\[click\\]\\(command\\:x\\) \\<b\\>'
 */
export function markdownText(text: string): string {
  // CommonMark section 2.4: any ASCII punctuation character may be escaped by a backslash.
  return text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
