import { readFileSync } from 'node:fs';
import { type Terminal, write } from './terminal.ts';

/** The answers that have a schema, by the name that `tuplescope schema` takes. */
export const SCHEMAS: readonly string[] = [
  'analyze',
  'explain',
  'parse',
  'profiles',
  'replay',
  'simulate',
];

/** Prints the JSON Schema (2020-12) of an answer. */
export async function printSchema(name: string, { stdout }: Terminal): Promise<void> {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url);
  await write(stdout, readFileSync(file, 'utf8'));
}
