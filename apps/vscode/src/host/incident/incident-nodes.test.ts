import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Analysis } from '../../protocol/analysis.ts';
import type { Translate } from '../translate.ts';
import { createAnalysisWorker } from '../worker/analysis-worker.ts';
import { type IncidentNode, type IncidentState, incidentNodes } from './incident-nodes.ts';

const INCIDENT = fileURLToPath(
  new URL('../../../../../packages/cli/incidents/istio-43301', import.meta.url),
);

const t: Translate = (text, ...values) =>
  text.replaceAll(/\{(\d)\}/g, (_, n) => String(values[Number(n)]));

const files = readdirSync(INCIDENT, { recursive: true, withFileTypes: true })
  .filter((member) => member.isFile())
  .map(({ parentPath, name }) => join(parentPath, name))
  .map((path) => ({
    path: path.slice(INCIDENT.length + 1),
    version: '1',
    bytes: readFileSync(path),
  }));

const analysis = (await createAnalysisWorker().analyze({ files, utcOffsetHours: 0 })) as Analysis;
const whole: IncidentState = { analysis, failure: null, problems: [], large: [] };

function labels(nodes: readonly IncidentNode[] = []): string[] {
  return nodes.map(({ label }) => label);
}

function under(nodes: readonly IncidentNode[], ...path: string[]): readonly IncidentNode[] {
  return path.reduce<readonly IncidentNode[]>(
    (level, label) => level.find((node) => node.label === label)?.children ?? [],
    nodes,
  );
}

it('puts findings first, by family, with evidence one click away', () => {
  const nodes = incidentNodes(whole, t);
  expect(labels(nodes).slice(0, 2)).toEqual(['Outbound port collision', 'Half-closed leak']);
  const evidence = under(nodes, 'Outbound port collision', 'Port 44410');
  expect(evidence[0]).toMatchObject({
    description: '6-reconnect-0.4s/ss-naoep.txt:23',
    place: { path: '6-reconnect-0.4s/ss-naoep.txt' },
  });
});

it('lists each file under what was recognised in it', () => {
  const nodes = incidentNodes(whole, t);
  expect(labels(under(nodes, 'Files', 'tcpdump'))).toEqual(['tcpdump-eth0.txt', 'tcpdump-lo.txt']);
  expect(labels(nodes)).toContain('Kernel 5.19.0');
});

it('gives each line a name of its own', () => {
  const ids: string[] = [];
  const visit = (nodes: readonly IncidentNode[]): void => {
    for (const { id, children = [] } of nodes) {
      ids.push(id);
      visit(children);
    }
  };
  visit(incidentNodes(whole, t));
  expect(new Set(ids).size).toBe(ids.length);
});

it('offers the command that gets what is missing, once', async () => {
  const [sockets] = files.filter(({ path }) => path.startsWith('6-reconnect-0.4s/ss'));
  const alone = await createAnalysisWorker().analyze({
    files: sockets === undefined ? [] : [sockets],
    utcOffsetHours: 0,
  });
  const missing = under(incidentNodes({ ...whole, analysis: alone }, t), 'Missing evidence');
  expect(missing.length).toBeGreaterThan(0);
  const commands = missing.map(({ shell }) => shell);
  expect(new Set(commands).size).toBe(commands.length);
  expect(commands.join('\n')).toContain('conntrack');
});

it('says what was not read, and why', () => {
  const state: IncidentState = {
    ...whole,
    large: [
      { path: 'eth0.pcap', size: 1e9, version: '' },
      { path: 'conntrack.txt', size: 100 << 20, version: '' },
      { path: 'all.txt', size: 1e9, version: '' },
    ],
    problems: [{ path: 'locked', why: 'unreadable' }],
  };
  expect(
    under(incidentNodes(state, t), 'Not read').map(({ label, description }) => [
      label,
      description,
    ]),
  ).toEqual([
    ['eth0.pcap', '954 MiB: open it as a list of packets'],
    ['conntrack.txt', '100 MiB: open it as an incident of its own'],
    ['all.txt', '954 MiB: too large to be read'],
    ['locked', 'cannot be read'],
  ]);
});

it('tells nothing found from nothing recognised, and from not yet read', async () => {
  const empty = await createAnalysisWorker().analyze({ files: [], utcOffsetHours: 0 });
  expect(labels(incidentNodes({ ...whole, analysis: empty }, t))[0]).toBe(
    'No captured output recognised',
  );
  expect(labels(incidentNodes({ ...whole, analysis: null }, t))).toEqual(['Reading…']);
  expect(labels(incidentNodes({ ...whole, analysis: null, failure: 'no memory' }, t))).toEqual([
    'Could not be read: no memory',
  ]);
});
