import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import { PcapIndex } from './pcap-index.ts';
import { bytesOf, pcapHeader, sectionHeader } from './testing/capture-bytes.ts';
import { FIXTURES } from './testing/fixture.ts';
import { mutated } from './testing/mutated.ts';

/** Reads all there is to read; what it gives must lie in the file. */
function readEverything(bytes: Uint8Array): void {
  const table = parsePcap(bytes, { all: true, tunnels: true });
  let last = 0;
  for (const { n, source, len } of table) {
    expect(n).toBeGreaterThan(last);
    last = n;
    expect(source.start).toBeLessThan(source.end);
    expect(source.end).toBeLessThanOrEqual(bytes.length);
    expect(len).toBeGreaterThanOrEqual(0);
  }
  for (const { start, end, message } of table.diagnostics) {
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBeLessThanOrEqual(bytes.length);
    expect(message).toMatch(/^expected .+, found .+/s);
  }
  const index = new PcapIndex();
  index.append(bytes);
  index.finish();
  expect(index.packets).toBe(table.packets);
}

it('reads captures that were damaged at random', () => {
  fc.assert(fc.property(fc.constantFrom(...FIXTURES).chain(mutated), readEverything), {
    numRuns: 1500,
  });
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
    fc.property(head, tail, (first, rest) => readEverything(bytesOf(first, rest))),
    { numRuns: 500 },
  );
});
