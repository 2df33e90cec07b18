import { element, escapeMarkup } from '../markup.ts';

/** No script, nothing from elsewhere: the page is read as it lies there. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The parts of a page. */
export interface PageParts {
  /** Plain text: the name of the page, and its headline. */
  readonly title: string;
  readonly css: string;
  /** Markup below the headline. */
  readonly head: string;
  /** Markup of the sections; what is empty is left out. */
  readonly sections: readonly string[];
  /** The version of the command. */
  readonly version: string;
}

/** Puts a page together: one file that needs no network and no script, and forbids both. */
export function pageDocument({ title, css, head, sections, version }: PageParts): string {
  const name = escapeMarkup(title);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${name}</title>`,
    `<style>${css}</style>`,
    '</head>',
    '<body>',
    element('header', {}, element('h1', {}, name), head),
    '<main>',
    ...sections,
    '</main>',
    element('footer', {}, `Made by tuplescope ${escapeMarkup(version)}.`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
