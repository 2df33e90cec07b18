import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnyAddress, isLoopback, isSameAddress, normalizeAddress } from './address.ts';

describe('normalizeAddress', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0A00:0001', '10.0.0.1'],
    ['FD00:0:0::1%eth0', 'fd00::1'],
    ['127.0.0.53%lo', '127.0.0.53'],
    ['*%lo', '*'],
  ])('brings %s to %s', (text, normal) => expect(normalizeAddress(text)).toBe(normal));

  it.each(['', '*', 'node-1', 'a%b', 'fd00::g', '1:2', '100%', '10.0.0.256%lo'])(
    'leaves "%s", which is no address, as it came',
    (text) => expect(normalizeAddress(text)).toBe(text),
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        const once = normalizeAddress(text);
        expect(normalizeAddress(once)).toBe(once);
      }),
    );
  });
});

describe('isSameAddress', () => {
  it('sees through spelling, not through difference', () => {
    expect(isSameAddress('::ffff:10.0.0.1', '10.0.0.1')).toBe(true);
    expect(isSameAddress('FD00::1', 'fd00:0::1')).toBe(true);
    expect(isSameAddress('10.0.0.1', '10.0.0.2')).toBe(false);
  });
});

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.0.0.6', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '127.0.0.1%lo'])(
    'knows %s',
    (address) => expect(isLoopback(address)).toBe(true),
  );

  it.each(['128.0.0.1', '126.255.255.255', '::', 'fe80::1', '*', 'localhost'])(
    'refuses %s',
    (address) => expect(isLoopback(address)).toBe(false),
  );
});

describe('isAnyAddress', () => {
  it.each(['*', '0.0.0.0', '::', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0', '0.0.0.0%eth0', '*%eth0'])(
    'knows %s',
    (address) => expect(isAnyAddress(address)).toBe(true),
  );

  it('refuses an address of a host', () => expect(isAnyAddress('0.0.0.1')).toBe(false));
});
