import { Interner, toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberedTexts } from './numbered-texts.ts';

function columnOf(texts: readonly string[]): {
  read: (row: number) => string | null;
  size: number;
} {
  const pool = new Interner();
  pool.intern(toBytes(''), 0, 0);
  const column = new NumberedTexts(pool);
  const bytes = toBytes(texts.join(''));
  let at = 0;
  for (const [row, text] of texts.entries()) {
    const { length } = toBytes(text);
    column.set(row, bytes, at, at + length);
    at += length;
  }
  return { read: (row) => column.get(row), size: pool.size };
}

describe('NumberedTexts', () => {
  it('keeps what is around a number once', () => {
    const texts = [10000, 66001916, 4294967295].map((n) => `over bound ${n} (of the receiver)`);
    const { read, size } = columnOf(texts);
    expect(texts.map((_, row) => read(row))).toEqual(texts);
    expect(size).toBe(3);
  });

  it('gives any text back as it came', () => {
    const piece = fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{1,25}$/));
    fc.assert(
      fc.property(fc.array(fc.array(piece).map((pieces) => pieces.join(''))), (texts) => {
        const { read } = columnOf(texts);
        for (const [row, text] of texts.entries()) expect(read(row)).toBe(text);
      }),
    );
  });
});
