import { visible } from '@tuplescope/scan';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Halves of characters, and the two that XML 1.0 section 2.2 excludes beside control characters. */
const NO_CHARACTER = /[\p{Surrogate}\ufffe\uffff]/gu;

/**
 * Shows a text as it can stand in SVG and HTML: what steers, reorders or hides text, and what XML does
 * not allow, is written as an escape that one can see.
 *
 * @example
 * shownText('a\u0000') // 'a\\x00'
 */
export function shownText(text: string): string {
  return visible(text).replace(NO_CHARACTER, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/**
 * Makes text safe between tags and in quoted attributes of SVG and HTML.
 *
 * @example
 * escapeMarkup('<b>\u0000') // '&lt;b&gt;\\x00'
 */
export function escapeMarkup(text: string): string {
  return shownText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Attributes by name; numbers are written to a tenth, what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * Writes an element. Attributes are escaped; children are markup already.
 *
 * @example
 * element('rect', { x: 1.25, class: 'a' }) // '<rect x="1.3" class="a"/>'
 */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeMarkup(attributeText(value))}"`)
    .join('');
  const inner = children.join('');
  return inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

function attributeText(value: string | number | undefined): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : String(value);
}
