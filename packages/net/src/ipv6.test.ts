import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv6, isIpv6, mappedIpv4, parseIpv6 } from './ipv6.ts';

/** Zeros are common, so that runs of them are too. */
const group = fc.oneof(fc.constant(0), fc.nat({ max: 0xffff }));
const groups = fc.array(group, { minLength: 8, maxLength: 8 });
/** The canonical text by another hand: the URL standard writes RFC 5952, mapped addresses in hex. */
const canonical = (text: string): string => new URL(`http://[${text}]/`).hostname.slice(1, -1);

describe('IPv6 addresses', () => {
  it('come back from their canonical text', () => {
    fc.assert(
      fc.property(groups, (address) => {
        expect(parseIpv6(formatIpv6(address))).toEqual(address);
      }),
    );
  });

  it('are written as the URL standard writes them', () => {
    fc.assert(
      fc.property(groups, (address) => {
        fc.pre(mappedIpv4(address) === null);
        const long = address.map((part) => part.toString(16)).join(':');
        expect(formatIpv6(address)).toBe(canonical(long));
      }),
      { numRuns: 500 },
    );
  });

  it('mean the same in every spelling', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parseIpv6(text);
        expect(address).not.toBeNull();
        const long = (address ?? []).map((part) => part.toString(16)).join(':');
        expect(canonical(long)).toBe(canonical(text));
      }),
    );
  });

  it('are what node:net takes for one, and nothing else', () => {
    const parts = ['0', 'f', 'FFFF', '12345', 'g', ':', ':', ':', '::', '1.2.3.4', '.', ''];
    const near = fc.array(fc.constantFrom(...parts), { maxLength: 18 });
    fc.assert(
      fc.property(near, (list) => {
        const text = list.join('');
        expect(parseIpv6(text) !== null).toBe(isIPv6(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('shorten the first of the longest runs of zeros, and no single zero', () => {
    expect(formatIpv6([0x2001, 0xdb8, 0, 0, 1, 0, 0, 1])).toBe('2001:db8::1:0:0:1');
    expect(formatIpv6([0x2001, 0, 1, 1, 1, 1, 1, 1])).toBe('2001:0:1:1:1:1:1:1');
    expect(formatIpv6([0, 0, 0, 0, 0, 0, 0, 0])).toBe('::');
  });

  it('show the dotted quad of a mapped IPv4 address', () => {
    expect(formatIpv6([0, 0, 0, 0, 0, 0xffff, 0x7f00, 6])).toBe('::ffff:127.0.0.6');
    expect(mappedIpv4([0, 0, 0, 0, 0, 0xffff, 0x7f00, 6])).toBe(0x7f000006);
    expect(mappedIpv4([0, 0, 0, 0, 1, 0xffff, 0x7f00, 6])).toBeNull();
  });

  it.each([
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '::1%lo',
    '[::1]',
    '1.2.3.4',
    '::1.2.3.4.5',
  ])('are not "%s"', (text) => expect(parseIpv6(text)).toBeNull());
});

describe('isIpv6', () => {
  it('says what the parser says, of addresses and of what is nearly one', () => {
    const near = fc.array(fc.constantFrom('0', '1a', 'ffff', ':', '::', '.', '10', 'g', '12345'));
    const texts = fc.oneof(
      fc.ipV6(),
      near.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = new TextEncoder().encode(` ${text}:`);
        expect(isIpv6(bytes, 1, 1 + text.length)).toBe(text !== '' && parseIpv6(text) !== null);
      }),
      { numRuns: 3000 },
    );
  });
});
