import { expect, it } from 'vitest';
import { ctstateOf, differs, OTHERWISE, UNEXPECTED, verdictOf } from './verdict.ts';

it('holds the word and whether the capture shows the same', () => {
  expect(ctstateOf(verdictOf('INVALID', false))).toBe('INVALID');
  expect(verdictOf('INVALID', false) & UNEXPECTED).toBe(UNEXPECTED);
  expect(verdictOf('NEW', true) & UNEXPECTED).toBe(0);
  expect(ctstateOf(0)).toBe('');
  expect(ctstateOf(undefined)).toBe('');
});

it('differs in the word, in what was expected, or in what is said', () => {
  const invalid = verdictOf('INVALID', true);
  expect(differs(invalid, verdictOf('ESTABLISHED', true))).toBe(true);
  expect(differs(invalid, verdictOf('INVALID', false))).toBe(true);
  expect(differs(invalid, invalid | OTHERWISE)).toBe(true);
  expect(differs(invalid, invalid)).toBe(false);
});

it('does not differ from nothing', () => {
  expect(differs(verdictOf('NEW', true), 0)).toBe(false);
  expect(differs(undefined, verdictOf('NEW', true))).toBe(false);
});
