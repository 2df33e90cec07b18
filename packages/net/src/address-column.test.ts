import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressColumn, type TextPool } from './address-column.ts';

/** The plainest pool: a list of texts. */
function listPool(): TextPool {
  const texts: string[] = [];
  return {
    intern: (bytes, start, end) =>
      texts.push(new TextDecoder().decode(bytes.subarray(start, end))) - 1,
    text: (id) => texts[id] ?? '',
  };
}

describe('AddressColumn', () => {
  it('gives back what was set, whatever it is and however far it has to grow', () => {
    const cell = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('*', '', 'node-1', '0.0.0.0'));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 100 }), fc.nat({ max: 20 }), (cells, rows) => {
        const column = new AddressColumn(listPool(), rows);
        for (const [row, text] of cells.entries()) {
          const bytes = new TextEncoder().encode(`<${text}>`);
          column.set(row, bytes, 1, bytes.length - 1);
        }
        column.trim(cells.length);
        expect(cells.map((_, row) => column.get(row))).toEqual(cells);
      }),
    );
  });

  it('lets a row change its kind', () => {
    const column = new AddressColumn(listPool(), 1);
    const bytes = new TextEncoder().encode('fd00::1');
    column.set(0, bytes, 0, bytes.length);
    column.setIpv4(0, 0x7f000001);
    expect(column.get(0)).toBe('127.0.0.1');
  });

  it('keeps an IPv4 address inside IPv6 apart from the address itself', () => {
    const column = new AddressColumn(listPool(), 2);
    column.setMappedIpv4(0, 0x0a000001);
    column.setIpv4(1, 0x0a000001);
    expect([column.get(0), column.get(1)]).toEqual(['::ffff:10.0.0.1', '10.0.0.1']);
  });
});
