import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIncidents } from '@tuplescope/incident';
import { parsePcap } from '@tuplescope/pcap-reader';
import { expect, it } from 'vitest';
import type { ExplainedPacket, ExplainedRows } from '../../protocol/explanations.ts';
import { createExplanationsWorker } from './explanations-worker.ts';

const CAPTURES = fileURLToPath(
  new URL('../../../../../packages/collision-detector/fixtures/captures', import.meta.url),
);
const files = readdirSync(CAPTURES)
  .filter((path) => path.endsWith('.pcap'))
  .map((path) => ({ path, bytes: readFileSync(join(CAPTURES, path)) }));
const incidents = readIncidents(files);
const worker = createExplanationsWorker(() => incidents);
const eth0 = [...parsePcap(readFileSync(join(CAPTURES, 'eth0.pcap')))];
const resets = eth0.filter(({ flags }) => flags.includes('R')).map(({ n }) => n);
const numbers = Uint32Array.from(resets);
const affected = { path: 'eth0.pcap', profile: 'mainline-5.19' };

it('says what the kernel does with each packet, in every capture that has it', async () => {
  const lo = await worker.explainRows({
    path: 'lo.pcap',
    profile: 'mainline-5.19',
    numbers: Uint32Array.of(1, 999),
  });
  expect(lo).toMatchObject({ ctstate: ['NEW', ''], expected: [true, true] });
  expect((lo as ExplainedRows).says[0]).toContain('172.21.206.198:7777');
});

it('calls the RST of the collision INVALID on the kernel that has the fault', async () => {
  expect(resets.length).toBeGreaterThan(0);
  const rows = (await worker.explainRows({ ...affected, numbers })) as ExplainedRows;
  expect(new Set(rows.ctstate)).toEqual(new Set(['INVALID']));
});

it('marks what another kernel would not have done', async () => {
  const cured = { path: 'eth0.pcap', profile: 'mainline-6.12', numbers };
  const rows = (await worker.explainRows(cured)) as ExplainedRows;
  expect(rows.expected).toContain(false);
  const kernel = await worker.explainKernel(cured);
  expect(kernel).toMatchObject({ profile: 'mainline-6.12', confidence: 'certain' });
});

it('explains a packet by its rule, its numbers, its entry and its ladder', async () => {
  const packet = (await worker.explainPacket({
    ...affected,
    n: resets[0] ?? 0,
  })) as ExplainedPacket;
  expect(packet.ctstate).toBe('INVALID');
  expect(packet.rule).not.toBe('');
  expect(packet.before).toMatch(/^SYN_SENT \d+/);
  expect(packet.commits).toContain('c7aab4f17021');
  expect(packet.ladder).toMatch(/^<svg/);
});

it('explains nothing that was not read', async () => {
  expect(await worker.explainRows({ ...affected, path: 'other.pcap', numbers })).toBe('not-read');
  expect(await worker.explainPacket({ ...affected, n: 99_999 })).toBeNull();
  const empty = createExplanationsWorker(() => []);
  expect(await empty.explainKernel(affected)).toBe('not-read');
});
