import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiWord } from './ascii-word.ts';
import { toBytes } from './text.ts';

describe('asciiWord', () => {
  it('is what a view reads of the same characters, with zeros behind', () => {
    const text = fc.string({ maxLength: 4, unit: 'binary-ascii' });
    fc.assert(
      fc.property(text, (characters) => {
        const bytes = new Uint8Array(4);
        bytes.set(toBytes(characters));
        expect(asciiWord(characters)).toBe(new DataView(bytes.buffer).getInt32(0, true));
      }),
    );
  });
});
