import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIncidents } from '@tuplescope/incident';
import { parsePcap } from '@tuplescope/pcap-reader';
import { expect, it } from 'vitest';
import type {
  CaptureVerdicts,
  ExplainedPacket,
  ExplainedRows,
} from '../../protocol/explanations.ts';
import { ctstateOf, differs, UNEXPECTED } from '../../protocol/verdict.ts';
import { createExplanationsWorker } from './explanations-worker.ts';
import { noFiles } from './open-source.ts';

const CAPTURES = fileURLToPath(
  new URL('../../../../../packages/collision-detector/fixtures/captures', import.meta.url),
);
const files = readdirSync(CAPTURES)
  .filter((path) => path.endsWith('.pcap'))
  .map((path) => ({ path, bytes: readFileSync(join(CAPTURES, path)) }));
const incidents = readIncidents(files);
const worker = createExplanationsWorker(() => incidents, noFiles);
const eth0 = [...parsePcap(readFileSync(join(CAPTURES, 'eth0.pcap')))];
const resets = eth0.filter(({ flags }) => flags.includes('R')).map(({ n }) => n);
const affected = { path: 'eth0.pcap', profile: 'mainline-5.19' };

async function verdictsBy(profile: string, than?: string): Promise<Uint8Array> {
  const wanted = { path: 'eth0.pcap', profile, ...(than === undefined ? {} : { than }) };
  return ((await worker.explainVerdicts(wanted)) as CaptureVerdicts).verdicts;
}

it('says what the kernel does with each packet, in every capture that has it', async () => {
  const lo = (await worker.explainRows({
    path: 'lo.pcap',
    profile: 'mainline-5.19',
    numbers: Uint32Array.of(1, 999),
  })) as ExplainedRows;
  expect(lo.says[0]).toContain('172.21.206.198:7777');
  expect(lo).toMatchObject({ says: [expect.anything(), ''], isTooLong: false });
});

it('calls the RST of the collision INVALID on the kernel that has the fault', async () => {
  expect(resets.length).toBeGreaterThan(0);
  const verdicts = await verdictsBy('mainline-5.19');
  expect(verdicts).toHaveLength(eth0.at(-1)?.n ?? 0);
  expect(new Set(resets.map((n) => ctstateOf(verdicts[n - 1])))).toEqual(new Set(['INVALID']));
});

it('marks what another kernel would not have done, and where it differs', async () => {
  const affected = await verdictsBy('mainline-5.19');
  const cured = await verdictsBy('mainline-6.12', 'mainline-5.19');
  expect(cured.some((verdict) => (verdict & UNEXPECTED) !== 0)).toBe(true);
  for (const n of resets) expect(differs(affected[n - 1], cured[n - 1])).toBe(true);
  const kernel = await worker.explainKernel({ path: 'eth0.pcap', profile: 'mainline-6.12' });
  expect(kernel).toMatchObject({ profile: 'mainline-6.12', confidence: 'certain' });
});

it('gives the packets of a connection on both sides of a translation', async () => {
  const lo = [...parsePcap(readFileSync(join(CAPTURES, 'lo.pcap')))];
  const first = lo.find(({ sport }) => sport === 44410);
  const numbers = await worker.connectionOf({
    path: 'lo.pcap',
    profile: 'mainline-5.19',
    n: first?.n ?? 0,
  });
  const same = lo.filter(({ sport, dport }) => sport === 44410 || dport === 44410);
  expect([...(numbers ?? [])]).toEqual(same.map(({ n }) => n));
});

it('writes a connection as text, as records and as a picture', async () => {
  const wanted = { ...affected, n: resets[0] ?? 0 };
  expect(await worker.writeConnection({ ...wanted, format: 'text' })).toContain('INVALID');
  expect(await worker.writeConnection({ ...wanted, format: 'svg' })).toMatch(/^<svg/);
  const lines = (await worker.writeConnection({ ...wanted, format: 'ndjson' }))?.trim().split('\n');
  expect(lines?.map((line) => JSON.parse(line).ctstate)).toContain('INVALID');
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
  const numbers = Uint32Array.of(1);
  expect(await worker.explainRows({ ...affected, path: 'other.pcap', numbers })).toBe('not-read');
  expect(await worker.explainPacket({ ...affected, n: 99_999 })).toBeNull();
  const empty = createExplanationsWorker(() => [], noFiles);
  expect(await empty.explainKernel(affected)).toBe('not-read');
});
