import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Analysis, RelatedPlace, SentFile, TextRange } from '../../protocol/analysis.ts';
import { createAnalysisWorker } from './analysis-worker.ts';
import { memorySource } from './byte-source.ts';

const PACKAGES = fileURLToPath(new URL('../../../../../packages/', import.meta.url));
const INCIDENT = join(PACKAGES, 'cli/incidents/istio-43301');

const incident = readdirSync(INCIDENT, { recursive: true, withFileTypes: true })
  .filter((member) => member.isFile())
  .map(({ parentPath, name }) => join(parentPath, name))
  .map((path) => sent(path.slice(INCIDENT.length + 1), readFileSync(path)));

function sent(path: string, bytes: Uint8Array): SentFile {
  return { path, version: '1', bytes };
}

function textAt(path: string, { line, character, endCharacter }: TextRange): string {
  const text = readFileSync(join(INCIDENT, path), 'utf8');
  return text.split('\n')[line]?.slice(character, endCharacter) ?? '';
}

describe('the bundled incident', async () => {
  const worker = createAnalysisWorker();
  const analysis = (await worker.analyze({ files: incident, utcOffsetHours: 0 })) as Analysis;
  const socketsPath = '6-reconnect-0.4s/ss-naoep.txt';
  const socketsText = readFileSync(join(INCIDENT, socketsPath), 'utf8').split('\n');

  it('marks the very port in sockets, entries, packets and log lines', () => {
    const marked = analysis.files.filter(({ marks }) => marks.length > 0);
    expect(marked.map(({ path }) => path)).toEqual(
      expect.arrayContaining([socketsPath, 'tcpdump-lo.txt', 'conntrack-E.txt']),
    );
    const texts = marked.flatMap(({ path, marks }) =>
      marks.map(({ range }) => textAt(path, range)),
    );
    expect(new Set(texts)).toEqual(new Set(['44410']));
  });

  it('recognises each file and outlines its records', () => {
    const sockets = analysis.files.find(({ path }) => path === socketsPath);
    const [section] = sockets?.sections ?? [];
    expect(section?.kind).toBe('ss');
    expect(section?.items.map(({ name }) => name)).toContain(
      '172.29.73.7:44410 → 172.21.206.198:7777',
    );
  });

  it('leads from the socket to its entry, its packets and the stale socket', async () => {
    const line = socketsText.findIndex((text) => text.includes('SYN-SENT'));
    const places = await worker.related({ path: socketsPath, line, character: 40 });
    const kinds = new Set((places as RelatedPlace[]).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['ss', 'conntrack', 'log', 'tcpdump']));
    const self = (places as RelatedPlace[]).filter(({ isSelf }) => isSelf);
    expect(self.map(({ path, range }) => [path, range?.line])).toEqual([[socketsPath, line]]);
    const stale = socketsText.findIndex((text) => text.includes('FIN-WAIT-2'));
    expect(places).toContainEqual(
      expect.objectContaining({
        path: socketsPath,
        range: expect.objectContaining({ line: stale }),
      }),
    );
  });

  it('knows a file that did not change by its version', async () => {
    const again = incident.map(({ path, version }) => ({ path, version, bytes: null }));
    expect(await worker.analyze({ files: again, utcOffsetHours: 0 })).toEqual(analysis);
    expect((await worker.analyze({ files: [], utcOffsetHours: 0 })).files).toEqual([]);
  });
});

it('finds its way in a transcript with text that is not ASCII before it', async () => {
  const path = join(PACKAGES, 'collision-detector/fixtures/istio-43301-transcript.md');
  const text = `“Ann’s notes” 😀\r\n\r\n${readFileSync(path, 'utf8')}`;
  const worker = createAnalysisWorker();
  const { files } = await worker.analyze({
    files: [sent('notes.md', new TextEncoder().encode(text))],
    utcOffsetHours: 0,
  });
  const lines = text.split(/\r\n|\n/);
  const marked = files[0]?.marks.map(({ range: { line, character, endCharacter } }) =>
    lines[line]?.slice(character, endCharacter),
  );
  expect(marked?.length).toBeGreaterThan(5);
  expect(new Set(marked)).toEqual(new Set(['44410']));
});

it('says of a file of packets which packets are evidence', async () => {
  const folder = join(PACKAGES, 'collision-detector/fixtures/captures');
  const worker = createAnalysisWorker();
  const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
  const files = names.map((name) => sent(name, readFileSync(join(folder, name))));
  const { findings, files: read } = await worker.analyze({ files, utcOffsetHours: 0 });
  const packets = findings.flatMap(({ evidence }) => evidence);
  expect(packets.length).toBeGreaterThan(0);
  expect(packets.every(({ range, packet }) => range === null && packet !== null)).toBe(true);
  expect(read.map(({ sections }) => sections[0]?.kind)).toEqual(['pcap', 'pcap']);
});

it('recognises nothing in nothing', async () => {
  const worker = createAnalysisWorker();
  const { files } = await worker.analyze({
    files: [sent('a.txt', new Uint8Array())],
    utcOffsetHours: 0,
  });
  expect(files).toEqual([{ path: 'a.txt', sections: [], marks: [], problems: [] }]);
  expect(await worker.related({ path: 'a.txt', line: 3, character: 3 })).toEqual([]);
  expect(await worker.related({ path: 'b.txt', line: 0, character: 0 })).toEqual([]);
});

it.each([
  ['text', /because its/],
  ['json', /"version": "1\.2\.3"/],
  ['markdown', /^# Tuplescope: /],
  ['html', /^<!doctype html>/],
  ['sarif', /"version": "2\.1\.0"/],
] as const)('writes the report as %s', async (format, form) => {
  const worker = createAnalysisWorker();
  await worker.analyze({ files: incident, utcOffsetHours: 0 });
  const report = await worker.report({ format, version: '1.2.3' });
  expect(report).toMatch(form);
  expect(report).toContain('because its');
  if (format === 'json' || format === 'sarif') expect(() => JSON.parse(report)).not.toThrow();
});

it('reads what is packed in an archive, and gives it to be shown', async () => {
  const worker = createAnalysisWorker();
  const [sockets] = incident.filter(({ path }) => path.startsWith('6-reconnect-0.4s/ss'));
  const packed = new Uint8Array(gzipSync(sockets?.bytes ?? ''));
  const { files, packed: names } = await worker.analyze({
    files: [sent('ss.txt.gz', packed)],
    utcOffsetHours: 0,
  });
  expect(names).toEqual(['ss.txt.gz']);
  expect(files[0]?.sections[0]?.kind).toBe('ss');
  expect(await worker.member('ss.txt.gz')).toEqual(new Uint8Array(sockets?.bytes ?? []));
  expect(await worker.member('other')).toBeNull();
});

it('opens a local file itself, and takes one that is gone for empty', async () => {
  const path = '6-reconnect-0.4s/ss-naoep.txt';
  const worker = createAnalysisWorker(undefined, async (local) =>
    memorySource(readFileSync(local)),
  );
  const send = (local: string): SentFile => ({ path, version: local, bytes: null, local });
  const { files } = await worker.analyze({
    files: [send(join(INCIDENT, path))],
    utcOffsetHours: 0,
  });
  expect(files[0]?.sections[0]?.kind).toBe('ss');
  const gone = await worker.analyze({ files: [send(join(INCIDENT, 'gone'))], utcOffsetHours: 0 });
  expect(gone.files[0]?.sections.map(({ records }) => records)).toEqual([0]);
});

it('reads times without a zone by the zone that is set', async () => {
  const worker = createAnalysisWorker();
  const text = '$ date "+%F %T"\n2026-11-22 12:00:00\n$ ss -tn\nESTAB 0 0 10.0.0.1:1 10.0.0.2:2\n';
  const files = [sent('notes.md', new TextEncoder().encode(text))];
  const timeAt = async (utcOffsetHours: number): Promise<unknown> => {
    await worker.analyze({ files, utcOffsetHours });
    return JSON.parse(await worker.report({ format: 'json', version: '' })).incident.snapshots[0]
      .at;
  };
  expect(await timeAt(0)).toBe(Date.UTC(2026, 10, 22, 12) / 1000);
  expect(await timeAt(2)).toBe(Date.UTC(2026, 10, 22, 10) / 1000);
});
