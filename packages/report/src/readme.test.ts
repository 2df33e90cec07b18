import { readFileSync } from 'node:fs';
import { readIncidents } from '@tuplescope/incident';
import { expect, it } from 'vitest';
import { makeExplanationReport, renderExplanationText } from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README shows the ladder that its capture gives', () => {
  const text = /const text = `(16:47:16[^`]*)`/.exec(readme)?.[1] ?? '';
  const files = Object.entries({ 'any.txt': text, 'uname.txt': '5.19.0\n' }).map(
    ([path, content]) => ({ path, bytes: new TextEncoder().encode(content) }),
  );
  const report = makeExplanationReport(readIncidents(files), '1.0.0');
  const pieces = [...renderExplanationText(report, { color: false, width: 80 })];
  const [, lineage] = pieces.join('').split('\n\n');
  expect(lineage?.split('\n').length).toBeGreaterThan(15);
  expect(readme).toContain(`\`\`\`\n${lineage}\n<svg\n\`\`\``);
});
