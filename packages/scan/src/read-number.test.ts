import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexDigit, isDigit, readDigits, readHex, readUnsigned } from './read-number.ts';
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

describe('readDigits', () => {
  it('reads so many digits and no others', () => {
    const bytes = toBytes('2026-11-22');
    expect(readDigits(bytes, 0, 10, 4)).toBe(2026);
    expect(readDigits(bytes, 5, 10, 2)).toBe(11);
    expect(readDigits(bytes, 3, 10, 2)).toBe(-1);
    expect(readDigits(bytes, 8, 9, 2)).toBe(-1);
    expect(readDigits(bytes, 8, 10, 0)).toBe(-1);
  });
});

describe('the digits', () => {
  it('are those that JavaScript reads', () => {
    for (let byte = 0; byte < 256; byte++) {
      const character = String.fromCharCode(byte);
      expect(isDigit(byte)).toBe(/[0-9]/.test(character));
      const value = /[0-9a-fA-F]/.test(character) ? Number.parseInt(character, 16) : -1;
      expect(hexDigit(byte)).toBe(value);
    }
    expect(isDigit(undefined)).toBe(false);
  });
});
