import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  indexOfByte,
  indexOfText,
  isBlank,
  lineEndAt,
  skipBlanks,
  skipSpace,
  spaceAt,
  startsWithAt,
  trimEnd,
  wordEnd,
} from './bytes.ts';
import { toBytes } from './text.ts';

describe('the steps over blanks and words', () => {
  it('agree with the string methods', () => {
    const text = fc.array(fc.constantFrom(' ', '\t', 'a', '=', '\0'), { maxLength: 20 });
    fc.assert(
      fc.property(text, (characters) => {
        const line = characters.join('');
        const bytes = toBytes(line);
        const end = bytes.length;
        expect(skipBlanks(bytes, 0, end)).toBe(line.length - line.replace(/^[ \t]+/, '').length);
        expect(trimEnd(bytes, 0, end)).toBe(line.replace(/[ \t]+$/, '').length);
        expect(wordEnd(bytes, 0, end)).toBe(line.split(/[ \t]/)[0]?.length);
        expect(indexOfByte(bytes, 0x3d, 0, end)).toBe(line.indexOf('='));
      }),
    );
  });

  it('stop at the end they are given', () => {
    const bytes = toBytes('   abc   ');
    expect(skipBlanks(bytes, 0, 2)).toBe(2);
    expect(wordEnd(bytes, 3, 5)).toBe(5);
    expect(trimEnd(bytes, 7, 9)).toBe(7);
    expect(indexOfByte(bytes, 0x63, 0, 5)).toBe(-1);
  });

  it('take blank and tab for blanks, a line feed or a missing byte for none', () => {
    expect([0x20, 0x09, 0x0a, undefined].map(isBlank)).toEqual([true, true, false, false]);
  });
});

describe('startsWithAt', () => {
  it('wants the whole text before the end', () => {
    const bytes = toBytes('sport=15001');
    expect(startsWithAt(bytes, 0, 11, 'sport=')).toBe(true);
    expect(startsWithAt(bytes, 0, 5, 'sport=')).toBe(false);
    expect(startsWithAt(bytes, 1, 11, 'sport=')).toBe(false);
    expect(startsWithAt(bytes, 11, 11, '')).toBe(true);
  });
});

describe('the steps over white space', () => {
  it('agree with the string methods, line ends too', () => {
    const text = fc.array(fc.constantFrom(' ', '\t', '\r', '\n', 'a', '\v'), { maxLength: 20 });
    fc.assert(
      fc.property(text, (characters) => {
        const joined = characters.join('');
        const bytes = toBytes(joined);
        const skipped = joined.length - joined.replace(/^[ \t\r\n]+/, '').length;
        expect(skipSpace(bytes, 0, bytes.length)).toBe(skipped);
        expect(spaceAt(bytes, 0, bytes.length)).toBe(joined.split(/[ \t\r\n]/)[0]?.length);
        expect(lineEndAt(bytes, 0)).toBe(joined.split('\n')[0]?.length);
      }),
    );
  });
});

describe('indexOfText', () => {
  it('agrees with the string method, inside its range', () => {
    const text = fc.array(fc.constantFrom('u', 's', 'e', '='), { maxLength: 20 });
    fc.assert(
      fc.property(text, fc.nat({ max: 20 }), (characters, from) => {
        const joined = characters.join('');
        const bytes = toBytes(joined);
        expect(indexOfText(bytes, 'use=', from, bytes.length)).toBe(joined.indexOf('use=', from));
      }),
    );
    expect(indexOfText(toBytes('use=1'), 'use=', 0, 3)).toBe(-1);
  });
});
