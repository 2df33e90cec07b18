import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_COMMITS } from './commits.ts';
import { profileFor } from './profile-for.ts';

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
});
