import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundled, PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { type Outcome, runCommand, type Surroundings } from './testing/run-command.ts';

const folder = useTemporaryFolder();

/** Writes a file into a folder of the temporary one. */
function add(name: string, content: string | Uint8Array): string {
  mkdirSync(dirname(folder.path(name)), { recursive: true });
  return folder.add(name, content);
}

const RECORDING = `${PACKAGES}collision-detector/fixtures/recordings/5.19.0/case1`;
const COLLIDES = bundled('6-reconnect-0.4s');
const LEAKED = bundled('5-leaked-fin-wait-2');
const HEALTHY = bundled('1-established');

const analyze = (args: readonly string[], around?: Surroundings): Promise<Outcome> =>
  runCommand(['analyze', ...args], around);

/** What `--format json` says: `family state port` of each finding. */
async function findings(args: readonly string[], around?: Surroundings): Promise<string[]> {
  const { stdout } = await analyze([...args, '--format', 'json'], around);
  const report: { findings: { family: string; state: string; ports: number[] }[] } =
    JSON.parse(stdout);
  return report.findings.map(({ family, state, ports }) => `${family} ${state} ${ports}`);
}

describe('analyze', () => {
  it('tells an active collision as text and as JSON', async () => {
    const { code, stdout, stderr } = await analyze([COLLIDES]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^ACTIVE {2}Port 44410 collides: app /);
    expect(await findings([COLLIDES])).toEqual([
      'outbound-port-collision active 44410',
      'half-closed-leak active 44410',
    ]);
  });

  it('tells the bundled incident: the first that a user sees', async () => {
    const { code, stdout } = await analyze([bundled('')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ACTIVE {2}Port 44410 collides/);
  });

  it('tells the whole folder of a time-out: the leak waits, the collision is past', async () => {
    expect(await findings([RECORDING])).toEqual([
      'half-closed-leak latent 44410',
      'outbound-port-collision past 44410',
    ]);
  });

  it.each([
    ['an active collision', COLLIDES, { latent: 1, past: 1, active: 1, never: 0 }],
    ['a past collision', RECORDING, { latent: 1, past: 1, active: 0, never: 0 }],
    ['a latent leak', LEAKED, { latent: 1, past: 0, active: 0, never: 0 }],
    ['a healthy pod', HEALTHY, { latent: 0, past: 0, active: 0, never: 0 }],
  ])('ends with the code of --fail-on: %s', async (_, path, codes) => {
    const ended: Record<string, number> = {};
    for (const state of Object.keys(codes)) {
      ended[state] = (await analyze([path, '--fail-on', state, '--format', 'json'])).code;
    }
    expect(ended).toEqual(codes);
    const { code } = await analyze([path]);
    expect(code).toBe(codes.active);
  });

  it('keeps to what concerns a port', async () => {
    expect(await findings([COLLIDES, '--port', '44410'])).toHaveLength(2);
    const { code, stdout } = await analyze([COLLIDES, '--port', '44411']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing was found that concerns port 44411\.\n/);
  });

  it('reads standard input, where a transcript may stand', async () => {
    const listing = (name: string): string => readFileSync(`${COLLIDES}/${name}`, 'utf8');
    const stdin = `$ ss -naoep\n${listing('ss-naoep.txt')}$ conntrack -L\n${listing('conntrack-L.txt')}`;
    expect(await findings(['-'], { stdin })).toEqual([
      'outbound-port-collision active 44410',
      'half-closed-leak active 44410',
    ]);
  });

  it('writes to a file, without colour', async () => {
    const path = folder.path('report.txt');
    const { code, stdout } = await analyze([COLLIDES, '--output', path], {
      env: { FORCE_COLOR: '1' },
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^ACTIVE /);
    expect(text).not.toContain('\u001b');
  });

  it('never writes over what it read', async () => {
    const path = add('dump/ss.txt', readFileSync(`${COLLIDES}/ss-naoep.txt`));
    const before = readFileSync(path, 'utf8');
    const { code, stderr } = await analyze([folder.path('dump'), '--output', path]);
    expect(code).toBe(2);
    expect(stderr).toBe(`tuplescope: --output ${path} is an input too, and would be lost\n`);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('opens no output before the input is known to be good', async () => {
    const path = folder.path('none.txt');
    const { code } = await analyze([add('notes.txt', 'nothing'), '--output', path]);
    expect(code).toBe(2);
    expect(existsSync(path)).toBe(false);
  });

  it('obeys --color, NO_COLOR and FORCE_COLOR', async () => {
    const isColored = async (args: readonly string[], env = {}): Promise<boolean> =>
      (await analyze([COLLIDES, ...args], { env })).stdout.includes('\u001b[');
    expect(await isColored([])).toBe(false);
    expect(await isColored(['--color'], { NO_COLOR: '1' })).toBe(true);
    expect(await isColored([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await isColored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await isColored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });
});

describe('analyze of what tells nothing', () => {
  it('ends with 2 where there is no such path', async () => {
    const { code, stdout, stderr } = await analyze(['/no/such/dump']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('tuplescope: cannot read /no/such/dump: there is no such file or folder\n');
  });

  it('ends with 2 where a folder is empty', async () => {
    mkdirSync(folder.path('empty'));
    const { code, stderr } = await analyze([folder.path('empty')]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'tuplescope: no files to read: name a file, a folder, or - for standard input\n',
    );
  });

  it('ends with 2 where nothing was recognised, and names the files', async () => {
    const paths = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => add(`n/${name}`, `${name}?`));
    const { code, stdout, stderr } = await analyze(paths);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const said = stderr.split('\n');
    expect(said[0]).toBe('tuplescope: nothing was recognised in 6 files');
    expect(said[1]).toBe(
      `  ${paths[0]}: expected the output of a tool that Tuplescope knows, found "a?"`,
    );
    expect(said.at(-2)).toBe('  … and 1 more');
  });

  it('reads a capture of packets alone, and says how many segments it holds', async () => {
    const pcap = `${PACKAGES}pcap-reader/fixtures/port-reuse-lo.pcap`;
    const { stdout } = await analyze([pcap, '--format', 'json', '--fail-on', 'never']);
    const { files } = JSON.parse(stdout).incident;
    // tcpdump -r port-reuse-lo.pcap tcp | wc -l
    expect(files).toMatchObject([{ kind: 'pcap', records: 25, diagnostics: [] }]);
  });

  it('ends with 0 for an empty listing, with a hint in JSON', async () => {
    const path = add('l/conntrack-L.txt', '');
    expect((await analyze([path])).code).toBe(0);
    const { stdout } = await analyze([path, '--format', 'json']);
    const [file] = JSON.parse(stdout).incident.files;
    expect(file).toMatchObject({ kind: 'conntrack', records: 0 });
    expect(file.diagnostics).toMatchObject([{ severity: 'hint' }]);
  });

  it('passes over what cannot be read in a folder, says so, and reads the rest', async () => {
    const ss = add('links/ss.txt', readFileSync(`${COLLIDES}/ss-naoep.txt`));
    add('links/core', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0));
    symlinkSync('/no/such/file', folder.path('links/gone.txt'));
    const { code, stdout, stderr } = await analyze([folder.path('links')]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${ss}:`);
    expect(stdout).toContain('Not read: ');
    expect(stderr).toBe(
      `tuplescope: ${folder.path('links/gone.txt')} is a link and was passed over\n`,
    );
    expect((await analyze([folder.path('links'), '--quiet'])).stderr).toBe('');
  });

  it('follows a link that is named, and reads a path that is given twice once', async () => {
    const link = folder.path('link');
    symlinkSync(COLLIDES, link);
    const { stdout } = await analyze([link, link, `${link}/ss-naoep.txt`, '--format', 'json']);
    const paths = JSON.parse(stdout).incident.files.map(({ path }: { path: string }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain(`${link}/ss-naoep.txt`);
  });

  it.each([
    ['--port', '70000'],
    ['--port', 'x'],
    ['--fail-on', 'sometimes'],
    ['--format', 'xml'],
    ['--utc-offset', 'east'],
  ])('ends with 2 on %s %s, in one line', async (option, value) => {
    const { code, stdout, stderr } = await analyze([COLLIDES, option, value]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^tuplescope: .+\n$/);
  });
});
