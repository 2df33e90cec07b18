import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACK,
  AE,
  CWR,
  ECE,
  FIN,
  formatTcpFlags,
  PSH,
  parseTcpFlags,
  RST,
  SYN,
  URG,
} from './tcp-flags.ts';

describe('TCP flags', () => {
  it('have the bits of the header and the letters F S R P A U E W e', () => {
    const bits = [FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE];
    expect(bits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    expect(bits.map(formatTcpFlags).join('')).toBe('FSRPAUEWe');
  });

  it('come back from their letters, in any order', () => {
    const shuffled = fc.nat({ max: 0x1ff }).chain((flags) =>
      fc
        .shuffledSubarray([...formatTcpFlags(flags)], {
          minLength: formatTcpFlags(flags).length,
        })
        .map((letters) => ({ flags, letters: letters.join('') })),
    );
    fc.assert(
      fc.property(shuffled, ({ flags, letters }) => {
        expect(parseTcpFlags(letters)).toBe(flags);
      }),
    );
  });

  it('take the dot of tcpdump for ACK', () => {
    expect(parseTcpFlags('S.')).toBe(SYN | ACK);
    expect(parseTcpFlags('')).toBe(0);
  });

  it('are not any other letter', () => {
    expect(parseTcpFlags('SX')).toBeNull();
    expect(parseTcpFlags('none')).toBeNull();
  });
});
