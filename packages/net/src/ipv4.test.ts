import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, parseIpv4, readIpv4 } from './ipv4.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('IPv4 addresses', () => {
  it('are numbers in host order', () => {
    expect(parseIpv4('127.0.0.1')).toBe(0x7f000001);
    expect(parseIpv4('172.29.73.7')).toBe(172 * 2 ** 24 + 29 * 2 ** 16 + 73 * 2 ** 8 + 7);
    expect(parseIpv4('255.255.255.255')).toBe(2 ** 32 - 1);
    expect(formatIpv4(0)).toBe('0.0.0.0');
  });

  it('come back from their text, all 2^32 of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (address) => {
        const text = formatIpv4(address);
        expect(isIPv4(text)).toBe(true);
        expect(parseIpv4(text)).toBe(address);
      }),
    );
  });

  it('are what node:net takes for one, and nothing else', () => {
    const near = fc
      .array(fc.constantFrom('0', '1', '25', '255', '256', '01', '.', '.', '', '-', 'é', ' '), {
        maxLength: 9,
      })
      .map((parts) => parts.join(''));
    const quad = fc.array(fc.nat({ max: 300 }), { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          quad.map((parts) => parts.join('.')),
        ),
        (text) => {
          expect(parseIpv4(text) !== null).toBe(isIPv4(text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '256.1.1.1',
    '1.2.3.4 ',
  ])('are not "%s"', (text) => expect(parseIpv4(text)).toBeNull());

  it('are read from the middle of a line without a copy', () => {
    const line = bytesOf('src=10.0.0.1 dst=');
    expect(readIpv4(line, 4, 12)).toBe(0x0a000001);
    expect(readIpv4(line, 4, 13)).toBe(-1);
    expect(readIpv4(line, 4, 4)).toBe(-1);
  });
});
