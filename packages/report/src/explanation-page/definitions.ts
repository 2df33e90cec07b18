import { element, escapeMarkup } from '../markup.ts';

/** A term and what it is, as markup; without markup it is left out. */
export type Definition = readonly [term: string, markup: string];

/** Writes a list of terms; nothing where there are none. */
export function definitions(items: readonly Definition[]): string {
  const told = items.filter(([, markup]) => markup !== '');
  const rows = told.map(
    ([term, markup]) => element('dt', {}, escapeMarkup(term)) + element('dd', {}, markup),
  );
  return rows.length === 0 ? '' : element('dl', {}, ...rows);
}

/** Writes text as code; nothing where there is none. */
export function code(text: string): string {
  return text === '' ? '' : element('code', {}, escapeMarkup(text));
}

/** Writes texts one below the other. */
export function stacked(texts: readonly string[]): string {
  return texts.map(escapeMarkup).join('<br>');
}
