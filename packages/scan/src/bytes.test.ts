import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  indexOfByte,
  isBlank,
  readHex,
  readUnsigned,
  skipBlanks,
  startsWithAt,
  trimEnd,
  wordEnd,
} from './bytes.ts';
import { toBytes } from './text.ts';

const unsigned = (text: string): number => readUnsigned(toBytes(text), 0, toBytes(text).length);
const hex = (text: string): number => readHex(toBytes(text), 0, toBytes(text).length);

describe('readUnsigned', () => {
  it('reads every number that is exact', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat({ max: 30 }), (number, zeros) => {
        expect(unsigned('0'.repeat(zeros) + number)).toBe(number);
      }),
    );
  });

  it('refuses numbers over 2^53 - 1 rather than rounding them', () => {
    expect(unsigned('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }), (number) => {
        expect(unsigned(String(number))).toBe(-1);
      }),
    );
  });

  it('agrees with BigInt on any text of digits and near-digits', () => {
    const text = fc.array(fc.constantFrom(...'0123456789-+.:/ xe'), { maxLength: 20 });
    fc.assert(
      fc.property(text, (characters) => {
        const digits = characters.join('');
        const exact = /^[0-9]+$/.test(digits) && BigInt(digits) <= Number.MAX_SAFE_INTEGER;
        expect(unsigned(digits)).toBe(exact ? Number(digits) : -1);
      }),
    );
  });

  it('stays inside its range', () => {
    expect(readUnsigned(toBytes('a15001b'), 1, 6)).toBe(15001);
    expect(readUnsigned(toBytes('15001'), 2, 2)).toBe(-1);
    expect(readUnsigned(toBytes('1'), 0, 2)).toBe(-1);
  });
});

describe('readHex', () => {
  it('reads every number of 52 bits, in either case, with leading zeros', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 52n - 1n }), fc.boolean(), (number, upper) => {
        const text = number.toString(16).padStart(16, '0');
        expect(hex(upper ? text.toUpperCase() : text)).toBe(Number(number));
      }),
    );
  });

  it('refuses what would lose bits and what is no digit', () => {
    expect(hex('fffffffffffff')).toBe(2 ** 52 - 1);
    expect(hex('10000000000000')).toBe(-1);
    for (const text of ['', '0x1', 'g', '/', ':', '@', '`', ' 1', 'A\u00c1'])
      expect(hex(text)).toBe(-1);
  });
});

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
