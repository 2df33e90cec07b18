import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { columnWidth } from './column-width.ts';

it('gives the width that string-width gives', () => {
  const own = fc.constantFrom(...'·…→←×≠’✓✗●►◄│─┼╌┃⋮ aZ~');
  const text = fc
    .array(fc.oneof(own, fc.string({ unit: 'grapheme', maxLength: 2 })))
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, (one) => {
      expect(columnWidth(one)).toBe(stringWidth(one));
    }),
  );
});
