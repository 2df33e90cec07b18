import fc from 'fast-check';
import { expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { wrapLines } from './wrap-lines.ts';

it('breaks texts as wrap-ansi does', () => {
  const words = fc.array(
    fc.string({ unit: fc.constantFrom(...'abcW→1.'), minLength: 1, maxLength: 14 }),
  );
  const text = fc.oneof(
    words.map((all) => all.join(' ')),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 5, max: 40 }), (one, columns) => {
      expect(wrapLines(one, columns)).toEqual(wrapAnsi(one, columns, { trim: true }).split('\n'));
    }),
    { numRuns: 500 },
  );
});
