import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const APP = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${APP}${path}`, 'utf8');

const sources = readdirSync(`${APP}src`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: read(`src/${path}`) }));

/** Texts that the editor translates: what is handed to `t`, as in `l10n.t`, and the meanings of fields. */
function translatable(): string[] {
  const told = sources.flatMap(({ text }) => [...text.matchAll(/\bt\(\s*(['"])(.*?)\1[,)]/gs)]);
  const meanings = sources
    .filter(({ path }) => path.startsWith('host/fields/'))
    .flatMap(({ text }) => [...text.matchAll(/(['"])([A-Z0-9][^\n]*\.)\1/g)]);
  const texts = [...told, ...meanings].map((match) => match[2] ?? '');
  return [...new Set(texts)].sort();
}

it('every text that a user reads can be translated', () => {
  const bundle: Record<string, string> = JSON.parse(read('l10n/bundle.l10n.json'));
  expect(Object.keys(bundle).sort()).toEqual(translatable());
});

it('every text of the manifest can be translated, and none is left over', () => {
  const named = [...read('package.json').matchAll(/%([\w.]+)%/g)].map((match) => match[1]);
  expect(Object.keys(JSON.parse(read('package.nls.json'))).sort()).toEqual(
    [...new Set(named)].sort(),
  );
});
