import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PACKAGES } from './testing/files.ts';
import { runCommand } from './testing/run-command.ts';

const readme = readFileSync(`${PACKAGES}cli/README.md`, 'utf8');
const consoles = [...readme.matchAll(/```console\n(.*?)```/gs)].map((match) => match[1] ?? '');

/** Each `$ tuplescope …` of the README that stands alone, with what the README says it prints. */
const examples = consoles
  .flatMap((text) => text.split(/^\$ /m).slice(1))
  .map((text) => ({
    args: text.slice(0, text.indexOf('\n')).split(' '),
    output: text.slice(text.indexOf('\n') + 1),
  }))
  .filter(({ args }) => args[0] === 'tuplescope');

describe('the README', () => {
  it('has examples', () => expect(examples.length).toBeGreaterThan(1));

  it.each(examples)('shows what $args prints', async ({ args, output }) => {
    const folder = `${PACKAGES}cli/`;
    const placed = args.slice(1).map((arg) => arg.replace(/^incidents\//, `${folder}incidents/`));
    const { stdout } = await runCommand(placed);
    // `…` on a line of its own: the rest is left out.
    const shown = output.replace(/^…\n$/m, '');
    const printed = stdout.replaceAll(folder, '');
    expect(shown === output ? printed : printed.slice(0, shown.length)).toBe(shown);
  });
});
