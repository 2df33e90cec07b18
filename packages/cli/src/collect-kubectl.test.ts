import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTemporaryFolder } from './testing/files.ts';
import { type Outcome, runCommand } from './testing/run-command.ts';

const folder = useTemporaryFolder();

/** A kubectl that notes how it is called, a line each, and what it reads when it runs a script. */
const STUB = `#!/bin/sh
line=''
for word; do line="$line[$word]"; done
printf '%s\\n' "$line" >>"$STUB_FOLDER/calls"
case $line in
*'[get]'*) echo "app $STUB_PROXY" ;;
*'[debug]'*) [ -z "$STUB_REFUSES" ] || { echo 'Error: forbidden' >&2; exit 1; } ;;
*'[--][sh][-s]') cat >"$STUB_FOLDER/script"; [ -n "$STUB_IS_SILENT" ] || cat "$STUB_FOLDER/archive" ;;
esac
`;

beforeAll(() => {
  mkdirSync(folder.path('bin'));
  chmodSync(folder.add('bin/kubectl', STUB), 0o755);
  folder.add('archive', gzipSync('an archive'));
});

beforeEach(() => {
  folder.add('calls', '');
});

function collect(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  const surroundings = {
    PATH: `${folder.path('bin')}:${process.env.PATH}`,
    TMPDIR: folder.path('.'),
    STUB_FOLDER: folder.path('.'),
    STUB_PROXY: 'istio-proxy',
    STUB_REFUSES: '',
    STUB_IS_SILENT: '',
    ...env,
  };
  return runCommand(['collect', 'web-0', '--kubectl', '--run', ...args], { env: surroundings });
}

/** The calls of kubectl; the name of the container, made of the time, as CONTAINER. */
function calls(): string[] {
  const text = readFileSync(folder.path('calls'), 'utf8');
  return text
    .trimEnd()
    .replaceAll(/tuplescope-\d{8}t\d{6}z/g, 'CONTAINER')
    .split('\n');
}

describe('collect --kubectl', { timeout: 30_000 }, () => {
  it('starts a container beside the proxy, gathers in it, and lets it end', async () => {
    const output = folder.path('web.tar.gz');
    const { code, stdout, stderr } = await collect(['-n', 'prod', '--output', output]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(`wrote ${output}`);
    expect(readFileSync(output)).toEqual(gzipSync('an archive'));
    const [get, debug, ...others] = calls();
    expect(get).toMatch(/^\[--namespace=prod\]\[get\]\[pod\]\[web-0\]\[--output=jsonpath=/);
    expect(debug).toMatch(
      /^\[--namespace=prod\]\[debug\]\[web-0\]\[--quiet\]\[--container=CONTAINER\]\[--target=istio-proxy\]\[--image=nicolaka\/netshoot:v[\d.]+\]\[--profile=sysadmin\]\[--\]\[sh\]\[-c\]\[while .*\]\[sh\]\[610\]$/,
    );
    expect(others).toEqual([
      '[--namespace=prod][exec][web-0][--container=CONTAINER][--][true]',
      '[--namespace=prod][exec][web-0][--stdin][--container=CONTAINER][--][sh][-s]',
      '[--namespace=prod][exec][web-0][--container=CONTAINER][--][touch][/tmp/tuplescope-done]',
    ]);
    const script = readFileSync(folder.path('script'), 'utf8');
    expect(script).toContain("\nPOD='web-0'\nNAMESPACE='prod'\nPID='self'\n");
    expect(script).toContain("\nOUTPUT='-'\n");
  });

  it('takes the namespace and the container that it is given, or none', async () => {
    const { code } = await collect(['--output', folder.path('own.tar.gz'), '--quiet'], {
      STUB_PROXY: 'sidecar',
      TUPLESCOPE_IMAGE: 'registry.example/tools:1',
      TUPLESCOPE_PROFILE: 'netadmin',
    });
    expect(code).toBe(0);
    expect(calls()[1]).toMatch(
      /^\[debug\]\[web-0\]\[--quiet\]\[--container=CONTAINER\]\[--image=registry\.example\/tools:1\]\[--profile=netadmin\]\[--\]/,
    );
    await collect(['--output', folder.path('own.tar.gz')], { TUPLESCOPE_TARGET: 'mesh' });
    expect(calls().find((call) => call.includes('[debug]'))).not.toContain('[--target=mesh]');
    expect(calls().filter((call) => call.includes('[debug]'))[1]).toContain('[--target=mesh]');
  });

  it('says what to try where the cluster refuses, and writes nothing', async () => {
    const output = folder.path('refused.tar.gz');
    const { code, stderr } = await collect(['--output', output], { STUB_REFUSES: '1' });
    expect(code).toBe(2);
    expect(stderr).toContain('Error: forbidden');
    expect(stderr).toContain('TUPLESCOPE_PROFILE=netadmin');
    expect(existsSync(output)).toBe(false);
    expect(calls().filter((call) => call.includes('[exec]'))).toEqual([]);
  });

  it('writes nothing where nothing came, and lets the container end all the same', async () => {
    const output = folder.path('silent.tar.gz');
    const { code, stderr } = await collect(['--output', output], { STUB_IS_SILENT: '1' });
    expect(code).toBe(2);
    expect(stderr).toContain('there is no archive from web-0');
    expect(existsSync(output)).toBe(false);
    expect(calls().at(-1)).toContain('[touch]');
  });

  it('says so where there is no kubectl', async () => {
    const { code, stderr } = await collect([], { PATH: '/usr/bin/no-kubectl:/bin/no-kubectl' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/kubectl is not installed here|cannot run sh/),
    });
  });
});
