import { parseIpv6 } from '@tuplescope/net';
import { toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIpv6 } from './ipv6-text.ts';

describe('isIpv6', () => {
  it('says what the parser of addresses says, of addresses and of what is nearly one', () => {
    const near = fc.array(fc.constantFrom('0', '1a', 'ffff', ':', '::', '.', '10', 'g', '12345'));
    const texts = fc.oneof(
      fc.ipV6(),
      near.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = toBytes(` ${text}:`);
        expect(isIpv6(bytes, 1, 1 + text.length)).toBe(text !== '' && parseIpv6(text) !== null);
      }),
      { numRuns: 3000 },
    );
  });
});
