import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_COMMITS } from './commits.ts';
import { formatOutcomes, outcomesTable } from './pod/outcomes-table.ts';
import { profileFor } from './profile-for.ts';
import { runScenario } from './scenario/run-scenario.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists every commit', () => {
    const rows = ALL_COMMITS.map(
      ({ name, hash, since, title }) => `| \`${name}\` | ${hash ?? ''} | ${since} | ${title} |`,
    );
    const table = ['| name | commit | since | what it does |', '|---|---|---|---|', ...rows];
    expect(readme).toContain(table.join('\n'));
  });

  it('prints what the example prints', () => {
    const unsure = profileFor('4.18.0-553.el8.x86_64');
    expect(readme).toContain(`\n${unsure.probe[0]?.command}\n`);
    expect(unsure.candidates.map(({ id }) => id)).toEqual([
      'rhel-8-394',
      'rhel-8-394-with-challenge-ack-fix',
    ]);
    expect(profileFor('5.15.135-with-reinit-syn-only').profile?.id).toBe(
      'stable-5.15.135-with-reinit-syn-only',
    );
  });

  it('keeps the table of outcomes', () => {
    expect(readme).toContain(`\n${formatOutcomes(outcomesTable())}\n`);
  });

  it('shows a test that is run', () => {
    const test = readFileSync(new URL('istio-43301.test.ts', import.meta.url), 'utf8')
      .replace("'./index.ts'", "'@tuplescope/kernel-model'")
      .replace("'./matchers/index.ts'", "'@tuplescope/kernel-model/testing'");
    expect(readme).toContain(`\`\`\`ts\n${test}\`\`\`\n`);
  });

  it('shows a scenario that passes', () => {
    const scenario = /```\n(profile 6\.12[^`]*)```/.exec(readme)?.[1] ?? '';
    const { lines, mismatches } = runScenario(scenario);
    expect(lines).toHaveLength(5);
    expect(mismatches).toEqual([]);
  });
});
