import { readFileSync } from 'node:fs';

/** Reads a recording of this package as text. */
export function readFixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
}
