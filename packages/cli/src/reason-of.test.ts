import { expect, it } from 'vitest';
import { reasonOf } from './reason-of.ts';

it.each([
  [{ code: 'EACCES' }, 'permission was denied'],
  [{ code: 'ENOENT' }, 'there is no such file or folder'],
  [{ code: 'EIO' }, 'i/o error'],
])('says %j in words', (fields, words) => {
  expect(reasonOf(Object.assign(new Error('i/o error'), fields))).toBe(words);
});
