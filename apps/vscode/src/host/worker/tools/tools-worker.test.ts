import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { analyzeTool } from './analyze-tool.ts';
import { explainTool } from './explain-tool.ts';
import { MOST_CHARACTERS } from './fit-items.ts';
import { simulateTool } from './simulate-tool.ts';

const INCIDENT = fileURLToPath(
  new URL('../../../../../../packages/cli/incidents/istio-43301', import.meta.url),
);

const incidents = readIncidents(
  readdirSync(INCIDENT, { recursive: true, withFileTypes: true })
    .filter((member) => member.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: path.slice(INCIDENT.length + 1), bytes: readFileSync(path) })),
);

describe('analyze_incident', () => {
  it('tells the findings in words and as data, with places of the evidence', () => {
    const { text, json } = analyzeTool(incidents, {});
    expect(text).toContain('Port 44410 collides');
    const { findings, kernel } = JSON.parse(json);
    expect(findings[0]).toMatchObject({ family: 'outbound-port-collision', ports: [44410] });
    expect(findings[0].evidence[0]).toMatchObject({ file: '6-reconnect-0.4s/ss-naoep.txt' });
    expect(kernel.release).toBe('5.19.0');
  });

  it('says so where nothing concerns a port', () => {
    expect(analyzeTool(incidents, { port: 1 }).text).toContain('No known kind of collision');
    expect(analyzeTool([], {}).text).toContain('No known kind of collision');
  });

  it('stays within what a model can take', () => {
    expect(analyzeTool(incidents, {}).json.length).toBeLessThan(2 * MOST_CHARACTERS);
  });
});

describe('explain_packet', () => {
  it('explains the packet that this kernel refuses, and by another kernel otherwise', () => {
    const packets = Array.from({ length: 8 }, (_, i) => i + 1).map((packet) =>
      explainTool(incidents, { file: 'tcpdump-eth0.txt', packet }),
    );
    const refused = packets.find(({ json }) =>
      JSON.parse(json).packet.why.commits.includes('c7aab4f17021'),
    );
    expect(refused?.text).toContain('of tcpdump-eth0.txt, by Linux 5.19: INVALID');
    const { packet } = JSON.parse(refused?.json ?? '');
    expect(packet.why.commits).toContain('c7aab4f17021');
    const other = { file: 'tcpdump-eth0.txt', packet: packet.n, kernel: 'mainline-6.12' };
    expect(explainTool(incidents, other).text).not.toContain(': INVALID');
  });

  it('names the files, where none or no known one is named', () => {
    expect(() => explainTool(incidents, { packet: 1 })).toThrow('tcpdump-lo.txt');
    expect(() => explainTool(incidents, { file: 'x', packet: 1 })).toThrow('tcpdump-eth0.txt');
    expect(() => explainTool([], { packet: 1 })).toThrow('No packets');
  });

  it('refuses a packet and a kernel that there are not', () => {
    const file = 'tcpdump-eth0.txt';
    expect(() => explainTool(incidents, { file, packet: 9999 })).toThrow('no TCP packet 9999');
    expect(() => explainTool(incidents, { file, packet: 1, kernel: 'minix' })).toThrow('minix');
  });
});

describe('simulate_connect', () => {
  it('times out as the incident did, and connects where a mitigation helps', () => {
    const { text, json } = simulateTool(incidents, {});
    const { runs, from } = JSON.parse(json);
    expect(from).toBe('172.29.73.7:44410');
    expect(runs[0]).toMatchObject({ mitigation: null, outcome: 'timed-out' });
    const liberal = runs.find((run: { mitigation: string }) => run.mitigation === 'be-liberal');
    expect(liberal.outcome).toBe('connected');
    expect(text).toContain('as it is:');
    expect(json.length).toBeLessThan(2 * MOST_CHARACTERS);
  });

  it('takes another kernel and sysctls', () => {
    const cured = JSON.parse(simulateTool(incidents, { kernel: '6.12' }).json);
    expect(cured.runs[0].outcome).toBe('connected');
    const sysctls = { nf_conntrack_tcp_be_liberal: 1 };
    expect(JSON.parse(simulateTool(incidents, { sysctls }).json).runs[0].outcome).toBe('connected');
  });

  it('says what is missing', () => {
    expect(() => simulateTool(incidents, { port: 7 })).toThrow('44410');
    expect(() => simulateTool([], {})).toThrow('nothing was read');
    expect(() => simulateTool(incidents, { sysctls: { swappiness: 1 } })).toThrow('swappiness');
  });
});
