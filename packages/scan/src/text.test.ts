import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, toBytes } from './text.ts';

describe('toBytes and decodeText', () => {
  it('carry any well-formed text there and back, short or long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const bytes = toBytes(text);
        expect(decodeText(bytes, 0, bytes.length)).toBe(text);
      }),
    );
  });

  it('keep a byte order mark, so that different bytes stay different texts', () => {
    const bytes = toBytes('\ufeffenvoy');
    expect(decodeText(bytes, 0, bytes.length)).toBe('\ufeffenvoy');
  });

  it('show malformed bytes as U+FFFD', () => {
    expect(decodeText(new Uint8Array([0x61, 0xff, 0x62]), 0, 3)).toBe('a\ufffdb');
  });

  it('do not copy bytes', () => {
    const bytes = new Uint8Array([1]);
    expect(toBytes(bytes)).toBe(bytes);
  });
});
