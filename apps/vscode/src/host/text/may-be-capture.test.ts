import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mayBeCapture } from './may-be-capture.ts';

const FORMS = fileURLToPath(
  new URL('../../../../../packages/collision-detector/fixtures/forms', import.meta.url),
);
const texts = readdirSync(FORMS).filter((name) => name.endsWith('.txt'));

it.each(texts)('lets %s through', (name) => {
  expect(mayBeCapture(readFileSync(join(FORMS, name), 'utf8'))).toBe(true);
});

it('holds back what people write otherwise', () => {
  expect(mayBeCapture('# Notes\n\nThe connect timed out; ask Ann.\n')).toBe(false);
  expect(mayBeCapture('2023-02-04 16:46:40 INFO started in 3 s\n')).toBe(false);
  expect(mayBeCapture('')).toBe(false);
});
