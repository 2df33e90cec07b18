import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt, visible } from './excerpt.ts';
import { toBytes } from './text.ts';

/** What a terminal or a reader's eye could be fooled by: Unicode's control and format characters. */
const HARMFUL = /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029\u200b-\u200d\u2060\ufeff]/u;

describe('visible', () => {
  it('leaves no control and no bidirectional character in any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[31m', '\0', '\u202eabc', '\u2066', '\u061c', '\u009b2J', '\ufeff'),
    );
    fc.assert(
      fc.property(text, (harmful) => {
        expect(visible(harmful)).not.toMatch(HARMFUL);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes them as escapes', () => {
    expect(visible('a\0b')).toBe('a\\x00b');
    expect(visible('\u001b[31m')).toBe('\\x1b[31m');
    expect(visible('\u202e')).toBe('\\u202e');
  });

  it('leaves other text alone', () => {
    expect(visible('tcp é → 語 😀')).toBe('tcp é → 語 😀');
  });
});

describe('excerpt', () => {
  const show = (text: string): string => excerpt(toBytes(text), 0, toBytes(text).length);

  it('quotes', () => expect(show('tcp')).toBe('"tcp"'));

  it('says so where there is nothing', () => expect(show('')).toBe('the end of the line'));

  it('shows at most 60 bytes and counts the rest', () => {
    expect(show('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
    expect(show('x'.repeat(100))).toBe(`"${'x'.repeat(60)}" and 40 bytes more`);
  });

  it('does not cut a character in two', () => {
    expect(show(`${'x'.repeat(58)}語語`)).toBe(`"${'x'.repeat(58)}" and 6 bytes more`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 10, maxLength: 80 }), (text) => {
        fc.pre(!text.includes('\ufffd'));
        expect(show(text)).not.toContain('\ufffd');
      }),
    );
  });
});
