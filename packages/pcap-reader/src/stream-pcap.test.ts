import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import { streamPcap, streamPcapColumns } from './stream-pcap.ts';
import { bytesOf, inChunks, ipv4, pcapHeader, pcapRecord, tcp } from './testing/capture-bytes.ts';
import { FIXTURES, readFixture } from './testing/fixture.ts';
import { mutated } from './testing/mutated.ts';

async function streamed(bytes: Uint8Array, size: number, all = false) {
  const rows: unknown[] = [];
  const said: unknown[] = [];
  const options = {
    all,
    tunnels: true,
    onDiagnostic: (diagnostic: unknown) => said.push(diagnostic),
  };
  for await (const row of streamPcap(inChunks(bytes, size), options)) rows.push(row);
  return { rows, said };
}

it.each(FIXTURES)(
  'gives the records and diagnostics of the whole %s, whatever the chunks',
  async (name) => {
    const bytes = readFixture(name);
    for (const size of [1, 13, 100, 4096, bytes.length]) {
      const whole = parsePcap(bytes, { all: true, tunnels: true });
      const { rows, said } = await streamed(bytes, size, true);
      expect(rows).toEqual([...whole]);
      expect(said).toEqual(whole.diagnostics);
    }
  },
);

it('gives the records and diagnostics of a damaged file, whatever the chunks', async () => {
  const chunkSize = fc.integer({ min: 1, max: 3000 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FIXTURES).chain(mutated),
      chunkSize,
      async (bytes, size) => {
        const whole = parsePcap(bytes, { tunnels: true });
        const { rows, said } = await streamed(bytes, size);
        expect(rows).toEqual([...whole]);
        expect(said).toEqual(whole.diagnostics);
      },
    ),
    { numRuns: 60 },
  );
});

it('finds its way again in a long stream as in the whole file', async () => {
  const record = (seq: number): Uint8Array =>
    pcapRecord(ipv4(tcp({ seq, payload: new Uint8Array(900) })));
  const part = bytesOf(...Array.from({ length: 200 }, (_, seq) => record(seq)));
  const noise = new Uint8Array(2_500_000).fill(0xa5);
  const bytes = new Uint8Array(24 + part.length * 2 + noise.length);
  bytes.set(pcapHeader({ linkType: 101 }));
  bytes.set(part, 24);
  bytes.set(noise, 24 + part.length);
  bytes.set(part, 24 + part.length + noise.length);
  const whole = parsePcap(bytes);
  expect(whole.length).toBe(400);
  const { rows, said } = await streamed(bytes, 70_000);
  expect(rows).toEqual([...whole]);
  expect(said).toEqual(whole.diagnostics);
});

it('gives columns that count what the records do', async () => {
  const bytes = readFixture('port-reuse-lo.pcap');
  let payload = 0;
  for await (const columns of streamPcapColumns(inChunks(bytes, 500))) {
    for (let row = 0; row < columns.length; row++) payload += columns.payload[row] as number;
  }
  expect(payload).toBe([...parsePcap(bytes)].reduce((sum, { len }) => sum + len, 0));
});
