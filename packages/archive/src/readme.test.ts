import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ARCHIVE_LIMITS, MAX_NAME_LENGTH } from './archive-limits.ts';
import { openArchive } from './open-archive.ts';
import { fixture } from './testing/fixtures.ts';

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');

it('prints what the README says', async () => {
  const { files, diagnostics } = await openArchive(fixture('case.zip'), 'case.zip');
  const printed = [
    ...files.map(({ path, bytes }) => `${path} ${bytes.length}`),
    ...diagnostics.map(({ path, message }) => `${path}: ${message}`),
  ];
  expect(readme).toContain(`\`\`\`\n${printed.join('\n')}\n\`\`\``);
});

it('has the limits that the README says', () => {
  const { totalBytes, members, ratio, freeBytes, nesting } = ARCHIVE_LIMITS;
  expect({ totalBytes, members, ratio, freeBytes, nesting, MAX_NAME_LENGTH }).toEqual({
    totalBytes: 2 * 2 ** 30 - 1,
    members: 100_000,
    ratio: 250,
    freeBytes: 64 * 2 ** 20,
    nesting: 2,
    MAX_NAME_LENGTH: 4096,
  });
});
