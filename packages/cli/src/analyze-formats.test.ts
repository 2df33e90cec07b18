import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundled, useTemporaryFolder } from './testing/files.ts';
import { runCommand } from './testing/run-command.ts';

const folder = useTemporaryFolder();

const COLLIDES = bundled('6-reconnect-0.4s');

/** How each format that is a document begins. */
const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  markdown: /^# Tuplescope: 2 active\n/,
  html: /^<!doctype html>\n/,
  sarif: /^\{\n {2}"\$schema": .*\n {2}"version": "2\.1\.0"/,
};

/** Names that a process may have: the kernel takes any bytes. */
const HOSTILE = ['<script>x()', '\u001b[2J\u001b[31m', 'a\u202eb\u2066', '`|x|`<b>'];

describe.each(Object.keys(BEGINNINGS))('analyze --format %s', (format) => {
  const beginning = BEGINNINGS[format] as RegExp;

  it('ends with the code of --fail-on', async () => {
    const { code, stdout, stderr } = await runCommand(['analyze', COLLIDES, '--format', format]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(beginning);
    const never = ['analyze', COLLIDES, '--format', format, '--fail-on', 'never'];
    expect((await runCommand(never)).code).toBe(0);
  });

  it('writes to a file', async () => {
    const path = folder.path(`report.${format}`);
    const args = ['analyze', COLLIDES, '--format', format, '--output', path, '--color'];
    const { code, stdout } = await runCommand(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(readFileSync(path, 'utf8')).toMatch(beginning);
  });

  it.each(HOSTILE)('is steered by no process called %j', async (name) => {
    const sockets = readFileSync(`${COLLIDES}/ss-naoep.txt`, 'utf8');
    const entries = readFileSync(`${COLLIDES}/conntrack-L.txt`, 'utf8');
    const stdin = `$ ss -naoep\n${sockets.replaceAll('envoy-sim', name)}$ conntrack -L\n${entries}`;
    const { code, stdout } = await runCommand(['analyze', '-', '--format', format], { stdin });
    expect(code).toBe(1);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    if (format === 'html') expect(stdout).not.toMatch(/<script|\|<b>/);
  });
});
