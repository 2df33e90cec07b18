import { readFileSync } from 'node:fs';

/** Reads a recording of the package as text. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
}
