import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GENERATIONS } from '../testing/generations.ts';
import { formatScenarioResult } from './format-scenario-result.ts';
import { runScenario } from './run-scenario.ts';

const ALL = Object.keys(GENERATIONS);

function except(...names: string[]): string[] {
  return ALL.filter((name) => !names.includes(name));
}

/** The generations on which the kernel's own test passes; on all others it fails. */
const PASSES: Readonly<Record<string, readonly string[]>> = {
  'syn-challenge-ack': except('G1', 'G8', 'G9', 'G10', 'G11'),
  'rst-invalid': ALL,
  'inexact-rst': except('G0', 'G1', 'G2', 'G3', 'G4', 'G16'),
  'synack-old': ALL,
  'synack-reuse': ALL,
  'ack-loss-stall': ['G11', 'G12', 'G13', 'G14', 'G15'],
  unreplied: except('G0', 'G2', 'G3'),
  'istio-43301-case-1': ['G1', 'G8', 'G9', 'G10', 'G11'],
};

describe.each(Object.entries(PASSES))('the selftest %s', (name, passes) => {
  const file = new URL(`../../fixtures/scenarios/${name}.txt`, import.meta.url);
  const text = readFileSync(file, 'utf8');

  it.each(Object.entries(GENERATIONS))(
    '%s passes if the kernel does (%s)',
    (generation, profile) => {
      for (const form of [text, overIpv6(text)]) {
        const result = runScenario(form, { profile });
        expect(result.passes, formatScenarioResult(result)).toBe(passes.includes(generation));
      }
    },
  );
});

/** The same between IPv6 addresses. */
function overIpv6(text: string): string {
  const ends = 'local [fd00::1]:44410\nremote [fd00::2]:80\n';
  return (
    ends + text.replace(/^(local|remote) [\d.]+:/gm, (_, end) => `${end} [fd00::${end.length}]:`)
  );
}
