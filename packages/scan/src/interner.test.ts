import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interner } from './interner.ts';
import { toBytes } from './text.ts';

describe('Interner', () => {
  it('numbers byte strings as a Map of their texts would, in the order they come', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'envoy', '\ufeff'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
        const names = new Interner();
        const numbers = new Map<string, number>();
        for (const one of texts) {
          const bytes = toBytes(`<${one}>`);
          if (!numbers.has(one)) numbers.set(one, numbers.size);
          expect(names.intern(bytes, 1, bytes.length - 1)).toBe(numbers.get(one));
        }
        expect(names.size).toBe(numbers.size);
        for (const [one, number] of numbers) expect(names.text(number)).toBe(one);
      }),
    );
  });

  it('grows past its first slots and its first pool', () => {
    const names = new Interner();
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 5000; n++) {
        const bytes = toBytes(`name-${n}`);
        expect(names.intern(bytes, 0, bytes.length)).toBe(n);
      }
    }
    expect(names.text(4999)).toBe('name-4999');
  });

  it('takes a string longer than its pool', () => {
    const long = toBytes('x'.repeat(100_000));
    const names = new Interner();
    expect(names.text(names.intern(long, 0, long.length))).toHaveLength(100_000);
  });

  it('has the empty text for a number that it never gave', () => {
    expect(new Interner().text(0)).toBe('');
    expect(new Interner().text(-1)).toBe('');
  });
});
