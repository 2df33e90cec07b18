import { expect, it } from 'vitest';
import { AddressTable } from './address-table.ts';
import { bytesOf, numberBytes } from './testing/capture-bytes.ts';

const address = (last: number): Uint8Array =>
  bytesOf('fd00000000000000 00000000', numberBytes(last, 4));

it('keeps each address once, and writes it in its short form', () => {
  const table = new AddressTable();
  const numbers = Array.from({ length: 1000 }, (_, i) => table.add(address(i * 7919), 0));
  expect(numbers).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(table.size).toBe(1000);
  expect(table.add(address(5 * 7919), 0)).toBe(5);
  expect(table.text(5)).toBe('fd00::9aab');
  expect(table.text(0)).toBe('fd00::');
});

it('reads the address at an offset', () => {
  const table = new AddressTable();
  expect(table.text(table.add(bytesOf('ff', address(1), 'ff'), 1))).toBe('fd00::1');
});

it('forgets', () => {
  const table = new AddressTable();
  table.add(address(1), 0);
  table.clear();
  expect(table.size).toBe(0);
  expect(table.text(table.add(address(2), 0))).toBe('fd00::2');
});
