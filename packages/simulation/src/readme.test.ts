import { readFileSync } from 'node:fs';
import * as incident from '@tuplescope/incident';
import * as model from '@tuplescope/kernel-model';
import { expect, it } from 'vitest';
import * as simulation from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README’s example prints what the README says', () => {
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const [, printed = ''] = /prints\n\n```\n(.*?)```/s.exec(readme) ?? [];
  const body = code.replaceAll(/^import .*$/gm, '');
  const names = { ...incident, ...model, ...simulation };
  const lines: string[] = [];
  const log = (...values: unknown[]): number => lines.push(values.map(String).join(' '));
  new Function('console', ...Object.keys(names), body)({ log }, ...Object.values(names));
  expect(`${lines.join('\n')}\n`).toBe(printed);
}, 30_000);
