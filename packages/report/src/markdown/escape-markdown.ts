import { shownText } from '../markup.ts';

/** What begins emphasis, code, links, tags, tables, formulas and entities anywhere in a line. */
const SPECIAL = /[\\`*_{}[\]<>|~$&]/g;

/** What begins a heading, a list or a rule at the start of a line; `1.` does so before a blank. */
const LEADING = /^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#+\-=]))/;

/**
 * Makes text safe in Markdown: it is shown as it is, and is no markup, link, table cell or mention of
 * somebody. What steers, reorders or hides text is written as an escape that one can see.
 *
 * @example
 * escapeMarkdown('a|<b>') // 'a\\|\\<b\\>'
 */
export function escapeMarkdown(text: string): string {
  return shownText(text)
    .trim()
    .replace(SPECIAL, '\\$&')
    .replace(LEADING, '$1\\')
    .replaceAll('://', ':\\//')
    .replace(/www\./gi, (prefix) => `${prefix.slice(0, 3)}\\.`)
    .replaceAll('@', '@<!-- -->');
}

/** All that may be markup; what is not ASCII never is, and some of it no entity can name. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** Where a code span would need escapes of its own: in a table, renderers differ over them. */
const NO_SPAN = /[|`\\]/;

/**
 * Writes text as code within a line, in a table too.
 *
 * @example
 * markdownCode('nft list ruleset') // '`nft list ruleset`'
 */
export function markdownCode(text: string): string {
  const shown = shownText(text).trim();
  if (shown === '') return '';
  if (!NO_SPAN.test(shown)) return `\`${shown}\``;
  const entities = shown.replace(PUNCTUATION, (one) => `&#${one.charCodeAt(0)};`);
  return `<code>${entities}</code>`;
}

/**
 * Writes a command as a block of code, to be copied. Its fence is longer than any in the command.
 *
 * @example
 * markdownFence('sh', 'ss -K') // '```sh\nss -K\n```'
 */
export function markdownFence(language: string, text: string): string {
  const lines = text.split('\n').map(shownText);
  const runs = Array.from(text.matchAll(/`+/g), ([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
