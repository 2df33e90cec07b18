import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIncidents } from '@tuplescope/incident';
import { expect, it } from 'vitest';
import type { WhatIf, WhatIfWanted } from '../../protocol/what-if.ts';
import { whatIf } from './what-if.ts';

const folder = fileURLToPath(
  new URL('../../../../../packages/cli/incidents/istio-43301', import.meta.url),
);
const incidents = readIncidents(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) })),
);
const AS_IT_IS: WhatIfWanted = { profile: null, port: null, sysctls: {}, mitigation: 'none' };

function tried(wanted: Partial<WhatIfWanted>): WhatIf {
  const found = whatIf(incidents, { ...AS_IT_IS, ...wanted });
  if ('problem' in found) throw new Error(found.problem);
  return found;
}

it('times out as the incident did, and tells of each packet', () => {
  const { port, runs, kernel } = tried({});
  expect({ port, kernel: kernel.profile }).toEqual({ port: 44410, kernel: 'mainline-5.19' });
  expect(runs[0]).toMatchObject({ outcome: 'timed-out', numbers: 'captured' });
  const reset = runs[0]?.steps.find(({ flags }) => flags === 'R');
  expect(reset).toMatchObject({ from: 'app', ctstate: 'INVALID' });
});

it('connects where conntrack is liberal, by a sysctl or by a mitigation', () => {
  const liberal = tried({ sysctls: { nf_conntrack_tcp_be_liberal: 1 } });
  expect(liberal.runs[0]?.outcome).toBe('connected');
  expect(tried({ mitigation: 'be-liberal' }).runs[0]?.outcome).toBe('connected');
  expect(tried({ mitigation: 'drop-invalid' }).runs[0]?.outcome).toBe('timed-out');
});

it('connects on a kernel that has no such fault', () => {
  expect(tried({ profile: 'mainline-6.12' }).runs[0]?.outcome).toBe('connected');
});

it('says which sysctls a kernel lacks, and refuses values that none takes', () => {
  expect(tried({ profile: 'mainline-5.10' }).sysctls).toMatchObject({
    nf_conntrack_tcp_be_liberal: 0,
    nf_conntrack_tcp_ignore_invalid_rst: null,
  });
  const odd = tried({ sysctls: { nf_conntrack_tcp_be_liberal: 7 } });
  expect(odd.runs).toEqual([]);
  expect(odd.unavailable).not.toBeNull();
});

it('says what is missing where there is nothing to simulate', () => {
  expect(whatIf([], AS_IT_IS)).toEqual({ problem: expect.stringContaining('Nothing') });
  expect(whatIf(incidents, { ...AS_IT_IS, port: 1 })).toEqual({
    problem: expect.stringContaining('port 1'),
  });
});
