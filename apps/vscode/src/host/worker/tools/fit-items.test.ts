import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitItems } from './fit-items.ts';

it('takes from the front, never more than fits, and counts the rest', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.nat(200), (items, characters) => {
      const fitted = fitItems(items, characters);
      expect(items.slice(0, fitted.items.length)).toEqual(fitted.items);
      expect(fitted.items.length + fitted.leftOut).toBe(items.length);
      expect(JSON.stringify(fitted.items).length).toBeLessThanOrEqual(characters + 2);
    }),
  );
});
