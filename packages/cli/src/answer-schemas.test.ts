import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { bundled } from './testing/files.ts';
import { runCommand } from './testing/run-command.ts';

const VECTORS = fileURLToPath(new URL('../fixtures/5.19.0.jsonl', import.meta.url));

async function validatorOf(name: string): Promise<ValidateFunction> {
  const { stdout } = await runCommand(['schema', name]);
  return new Ajv2020({ allowUnionTypes: true, strict: false }).compile(JSON.parse(stdout));
}

describe.each([
  ['profiles', ['profiles']],
  ['profiles', ['profiles', '5.19.0']],
  ['profiles', ['profiles', '5.14.0-362.el9.x86_64']],
  ['profiles', ['profiles', '5.19.0', '--outcomes']],
  ['replay', ['replay', VECTORS]],
  ['replay', ['replay', VECTORS, '--profile', '5.4.59']],
  ['simulate', ['simulate', bundled('')]],
  ['simulate', ['simulate', bundled('5-leaked-fin-wait-2'), '--profile', '6.2']],
  ['simulate', ['simulate', bundled(''), '--sysctl', 'ip_local_port_range=1024 2047']],
])('the schema of %s', (name, args) => {
  it(`holds for the answer to ${args.slice(0, 1).concat(args.slice(2)).join(' ')}`, async () => {
    const validate = await validatorOf(name);
    const { stdout } = await runCommand([...args, '--format', 'json']);
    const answer = JSON.parse(stdout);
    validate(answer);
    expect(validate.errors).toBeNull();
    expect(validate({ ...answer, surprise: 1 })).toBe(false);
  });
});
