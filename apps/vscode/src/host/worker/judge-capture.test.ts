import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIncidents } from '@tuplescope/incident';
import { ALL_PROFILES, type Profile } from '@tuplescope/kernel-model';
import {
  explainPackets,
  incidentEvidence,
  judgePackets,
  NO_EVIDENCE,
  readPackets,
} from '@tuplescope/packet-explainer';
import { parsePcap } from '@tuplescope/pcap-reader';
import { expect, it } from 'vitest';
import { ctstateOf, UNEXPECTED, verdictOf } from '../../protocol/verdict.ts';
import { memorySource } from './byte-source.ts';
import { evidenceOf, incidentKnowledge } from './incident-knowledge.ts';
import { judgeCapture } from './judge-capture.ts';

const CAPTURES = fileURLToPath(
  new URL('../../../../../packages/collision-detector/fixtures/captures', import.meta.url),
);
const captures = readdirSync(CAPTURES)
  .filter((name) => name.endsWith('.pcap'))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(CAPTURES, name))) }));
const profile = ALL_PROFILES.find(({ id }) => id === 'mainline-5.19') as Profile;

/** What the explainer itself says of a capture that is read as a whole. */
function expectedOf(bytes: Uint8Array): Uint8Array {
  const packets = readPackets([{ name: '', clockOffset: 0, segments: parsePcap(bytes) }]);
  const verdicts = new Uint8Array(parsePcap(bytes, { all: true }).packets);
  judgePackets(packets, { profile }, ({ sightings }, ctstate, against) => {
    for (const { n } of sightings) verdicts[n - 1] = verdictOf(ctstate, against === null);
  });
  return verdicts;
}

it.each(captures)('judges $name in parts as it is judged as a whole', async ({ bytes }) => {
  const expected = expectedOf(bytes);
  const limits = [
    { rows: 1_000_000, ofOne: 1_000_000 },
    { rows: 4, ofOne: 1_000_000 },
    { rows: 4, ofOne: 4 },
  ];
  for (const { rows, ofOne } of limits) {
    const judge = judgeCapture(memorySource(bytes), '', NO_EVIDENCE, { limits: { rows, ofOne } });
    const { verdicts, unjudged } = await judge.judge(profile);
    // Where one group is longer than may be its end has no verdict, and no other than the true one.
    for (const [at, verdict] of verdicts.entries()) {
      if (verdict !== 0) expect(verdict).toBe(expected[at]);
    }
    if (ofOne > expected.length) expect(verdicts).toEqual(expected);
    expect(verdicts.filter((verdict) => verdict !== 0).length + unjudged).toBe(
      expected.filter((verdict) => verdict !== 0).length,
    );
  }
});

it('says of a packet what is said of it where the capture is read as a whole', async () => {
  const eth0 = captures.find(({ name }) => name === 'eth0.pcap')?.bytes ?? new Uint8Array();
  const judge = judgeCapture(memorySource(eth0), 'eth0.pcap', NO_EVIDENCE);
  expect(judge.lineages()).toBeNull();
  await judge.judge(profile);
  const packets = readPackets([{ name: 'eth0.pcap', clockOffset: 0, segments: parsePcap(eth0) }]);
  for (const { explanations } of explainPackets(packets, { profile })) {
    for (const { at, says } of explanations) {
      const lineage = judge.lineages()?.of(at.n) ?? -1;
      const explained = await judge.explain(profile, new Set([lineage]));
      expect(explained.get(lineage)?.find(at.n)?.says).toBe(says);
    }
  }
});

it('explains some packets of a connection as it explains all of them', async () => {
  const eth0 = captures.find(({ name }) => name === 'eth0.pcap')?.bytes ?? new Uint8Array();
  const [whole, some] = [0, 1].map(() => judgeCapture(memorySource(eth0), '', NO_EVIDENCE));
  await whole?.judge(profile);
  await some?.judge(profile);
  const lineage = some?.lineages()?.of(14) ?? -1;
  const lineages = new Set([lineage]);
  const numbers = [...(some?.lineages()?.numbersOf([lineage]) ?? [])].filter(
    (_, at) => at % 3 === 2,
  );
  expect(numbers.length).toBeGreaterThan(1);
  const all = [...((await whole?.explain(profile, lineages)) ?? [])][0]?.[1];
  const few = [...((await some?.explain(profile, lineages, new Set(numbers))) ?? [])][0]?.[1];
  expect(few?.lineage.explanations.map(({ at }) => at.n)).toEqual(numbers);
  for (const n of numbers) expect(few?.find(n)?.details).toEqual(all?.find(n)?.details);
  // What was kept is the whole connection, never a part of one.
  const later = [...((await some?.explain(profile, lineages)) ?? [])][0]?.[1];
  expect(later?.lineage.explanations.length).toBe(all?.lineage.explanations.length);
});

it('knows what listings tell, though they were read by another worker', async () => {
  const folder = fileURLToPath(
    new URL('../../../../../packages/cli/incidents/istio-43301', import.meta.url),
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }));
  const incidents = readIncidents(files);
  const [incident] = incidents;
  if (incident === undefined) throw new Error('no incident');
  const knowledge = structuredClone(incidentKnowledge(incidents, 'big.pcap'));
  const sent = evidenceOf(knowledge);
  expect(knowledge.kernel?.profile).toBe('mainline-5.19');
  const segments = parsePcap(
    captures.find(({ name }) => name === 'lo.pcap')?.bytes ?? new Uint8Array(),
  );
  const own = incidentEvidence(incident, [{ name: '', clockOffset: 0, segments }]);
  expect(sent.interceptionPorts).toEqual(own.interceptionPorts);
  expect(sent.sysctls).toEqual(own.sysctls);
  for (const { src, sport, dst, dport, at } of segments) {
    const tuple = { src, sport, dst, dport };
    expect(sent.socketsBetween(sport, dport)).toEqual(own.socketsBetween(sport, dport));
    expect(sent.goneAt(tuple)).toEqual(own.goneAt(tuple));
    expect(sent.entryAt(tuple, at ?? 0)).toEqual(own.entryAt(tuple, at ?? 0));
  }
});

it('tells a RST that is INVALID by the kernel that it is judged by', async () => {
  const eth0 = captures.find(({ name }) => name === 'eth0.pcap')?.bytes ?? new Uint8Array();
  const lo = captures.find(({ name }) => name === 'lo.pcap')?.bytes ?? new Uint8Array();
  expect(eth0.length).toBeGreaterThan(0);
  const { verdicts } = await judgeCapture(memorySource(lo), '', NO_EVIDENCE).judge(profile);
  expect(ctstateOf(verdicts[0])).toBe('NEW');
  expect(verdicts.every((verdict) => (verdict & UNEXPECTED) === 0)).toBe(true);
});
