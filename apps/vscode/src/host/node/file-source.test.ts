import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fileSource } from './file-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuplescope-source-'));
const path = join(folder, 'a.pcap');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads a file from any place, and less where it ends', async () => {
  writeFileSync(path, new Uint8Array([1, 2, 3, 4]));
  const source = await fileSource(path);
  expect(await source.size()).toBe(4);
  expect([...(await source.read(1, 2))]).toEqual([2, 3]);
  expect([...(await source.read(3, 100))]).toEqual([4]);
  expect([...(await source.read(9, 100))]).toEqual([]);
  await source.close();
});

it('reads into memory that it is given, where that is large enough', async () => {
  writeFileSync(path, new Uint8Array([1, 2, 3, 4]));
  const source = await fileSource(path);
  const memory = new Uint8Array(3);
  const read = await source.read(0, 3, memory);
  expect([read.buffer, ...read]).toEqual([memory.buffer, 1, 2, 3]);
  expect([...(await source.read(0, 4, memory))]).toEqual([1, 2, 3, 4]);
  expect([...memory]).toEqual([1, 2, 3]);
  await source.close();
});
