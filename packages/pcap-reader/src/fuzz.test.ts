import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import { PcapIndex } from './pcap-index.ts';
import { bytesOf, pcapHeader, sectionHeader } from './testing/capture-bytes.ts';
import { FIXTURES } from './testing/fixture.ts';
import { mutated } from './testing/mutated.ts';

/** Reads all there is to read, and gives what of it does not lie in the file or is out of order. */
function violations(bytes: Uint8Array): unknown[] {
  const table = parsePcap(bytes, { all: true, tunnels: true });
  const index = new PcapIndex();
  index.append(bytes);
  index.finish();
  let last = 0;
  const rows = [...table].filter(({ n, source, len }) => {
    const isFine = n > last && source.start < source.end && source.end <= bytes.length && len >= 0;
    last = n;
    return !isFine;
  });
  const said = table.diagnostics.filter(
    ({ start, end, message }) =>
      start > end || end > bytes.length || !/^expected .+, found .+/s.test(message),
  );
  return [...rows, ...said, ...(index.packets === table.packets ? [] : [index.packets])];
}

it('reads captures that were damaged at random', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES).chain(mutated), (bytes) => {
      expect(violations(bytes)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

it('reads random bytes behind the header of a capture', () => {
  const head = fc.constantFrom(
    pcapHeader(),
    pcapHeader({ isLittle: false }),
    sectionHeader(),
    bytesOf(),
  );
  const tail = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(head, tail, (first, rest) => {
      expect(violations(bytesOf(first, rest))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
