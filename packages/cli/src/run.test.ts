import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PACKAGES } from './testing/files.ts';
import { runCommand } from './testing/run-command.ts';

describe('the command', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(`${PACKAGES}cli/package.json`, 'utf8'));
    expect(await runCommand(['--version'])).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it.each([
    [['--help'], ['analyze', 'parse', 'schema', 'Exit: 0']],
    [
      ['parse', '--help'],
      ['--utc-offset', '--output', '--quiet', '"ndjson", "json", "csv"'],
    ],
    [
      ['analyze', '--help'],
      ['--fail-on', '--port'],
    ],
  ])('explains itself: %j', async (args, words) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of words) expect(stdout).toContain(word);
  });

  it('shows what it can do, and fails, where it is told nothing', async () => {
    const { code, stdout, stderr } = await runCommand([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: tuplescope');
  });

  it.each([
    [['pars'], "unknown command 'pars' (Did you mean parse?)"],
    [['parse'], "missing required argument 'kind'"],
    [
      ['parse', 'elf'],
      "'elf' is invalid for argument 'kind'. Allowed choices are auto, ss, netstat",
    ],
    [['parse', 'ss', '--formt', 'csv'], "unknown option '--formt' (Did you mean --format?)"],
    [['parse', 'ss', '--format', 'xml'], "'xml' is invalid. Allowed choices are ndjson, json, csv"],
    [['parse', 'ss', '--output'], "option '--output <file>' argument missing"],
    [
      ['parse', 'ss', '--utc-offset', 'CET'],
      '--utc-offset takes a number from -24 to 24, not "CET"',
    ],
    [['parse', 'ss', 'no/such/file'], 'cannot read no/such/file: there is no such file or folder'],
    [['parse', 'ss', PACKAGES], 'is a folder: parse takes files, analyze takes folders'],
    [['schema', 'nothing'], "'nothing' is invalid for argument 'name'"],
  ])('answers %j with one line and exit code 2', async (args, words) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^tuplescope: [^\n]+\n$/);
    expect(stderr).toContain(words);
  });
});
