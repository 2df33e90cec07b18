import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { memorySource } from './byte-source.ts';
import { unpackedSource } from './unpacked-source.ts';

const LO = fileURLToPath(
  new URL('../../../../../packages/collision-detector/fixtures/captures/lo.pcap', import.meta.url),
);
const bytes = new Uint8Array(readFileSync(LO));

it('gives what is packed in a file, and closes that', async () => {
  const packed = memorySource(new Uint8Array(gzipSync(bytes)));
  const close = vi.fn(packed.close);
  const source = await unpackedSource({ ...packed, close });
  expect(await source.read(0, bytes.length + 1)).toEqual(bytes);
  expect(await source.size()).toBe(bytes.length);
  expect(close).toHaveBeenCalledOnce();
});

it('gives a file that is not packed as it is', async () => {
  const plain = memorySource(bytes);
  expect(await unpackedSource(plain)).toBe(plain);
});

it('gives of a file that is cut what there is', async () => {
  const packed = gzipSync(bytes);
  const source = await unpackedSource(memorySource(new Uint8Array(packed.subarray(0, -20))));
  const read = await source.read(0, bytes.length);
  expect(read).toEqual(bytes.subarray(0, read.length));
});
