import { readFileSync } from 'node:fs';

/** Gives the text of a file in the package's fixtures. */
export function readFixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
}
