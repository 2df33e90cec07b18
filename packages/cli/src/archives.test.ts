import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundled, PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { type Outcome, parseLines, runCommand, type Surroundings } from './testing/run-command.ts';

const folder = useTemporaryFolder();
const packed = (name: string): string => `${PACKAGES}cli/fixtures/archives/${name}`;
const INCIDENT = bundled('').slice(0, -1);

const analyze = (path: string, around?: Surroundings): Promise<Outcome> =>
  runCommand(['analyze', path, '--format', 'json'], around);

/** The report, with paths that begin where the incident does. */
async function reportOf(path: string, root: string, around?: Surroundings): Promise<unknown> {
  const { code, stdout, stderr } = await analyze(path, around);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  return JSON.parse(stdout.replaceAll(root, ''));
}

/** What the report finds: `family state port` of each finding. */
function findings({ stdout }: Outcome): string[] {
  const report: { findings: { family: string; state: string; ports: number[] }[] } =
    JSON.parse(stdout);
  return report.findings.map(({ family, state, ports }) => `${family} ${state} ${ports}`);
}

const COLLISION = ['outbound-port-collision active 44410', 'half-closed-leak active 44410'];

describe('analyze of an archive', () => {
  it.each(['istio-43301.tar.gz', 'istio-43301.tar.xz', 'istio-43301.tar.zst', 'istio-43301.zip'])(
    'says of %s all that it says of the folder',
    async (name) => {
      const ofFolder = await reportOf(INCIDENT, `${INCIDENT}/`);
      expect(await reportOf(packed(name), `${packed(name)}!/`)).toEqual(ofFolder);
    },
    30_000,
  );

  it('says the same of a .tar, and of an archive on standard input', async () => {
    const ofFolder = await reportOf(INCIDENT, `${INCIDENT}/`);
    const tar = gunzipSync(readFileSync(packed('istio-43301.tar.gz')));
    const path = folder.add('upload', tar);
    expect(await reportOf(path, `${path}!/`)).toEqual(ofFolder);
    const stdin = readFileSync(packed('istio-43301.tar.xz'));
    expect(await reportOf('-', '-!/', { stdin })).toEqual(ofFolder);
  }, 30_000);

  it('says the same of a folder whose files are packed, each by itself', async () => {
    const root = folder.path('packed');
    for (const member of readdirSync(INCIDENT, { recursive: true, withFileTypes: true })) {
      const place = member.parentPath.replace(INCIDENT, root);
      mkdirSync(place, { recursive: true });
      if (!member.isFile()) continue;
      const bytes = readFileSync(join(member.parentPath, member.name));
      writeFileSync(join(place, `${member.name}.gz`), gzipSync(bytes));
    }
    const { stdout } = await analyze(root);
    const { findings: found } = JSON.parse(
      stdout.replaceAll('.txt.gz', '.txt').replaceAll(root, ''),
    );
    const { stdout: plain } = await analyze(INCIDENT);
    expect(found).toEqual(JSON.parse(plain.replaceAll(INCIDENT, '')).findings);
  });

  it('reads a sosreport, with a packed log in it', async () => {
    const outcome = await analyze(packed('sosreport.tar.xz'));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toBe(
      `tuplescope: ${packed('sosreport.tar.xz')}: expected files, found symbolic links ` +
        '("sosreport-node-2023-02-04/uname"): passed over\n',
    );
    expect(findings(outcome)).toEqual(COLLISION);
    const { files } = JSON.parse(outcome.stdout).incident;
    const kinds = files.map(({ path, kind }: { path: string; kind: string }) => [
      path.slice(path.lastIndexOf('/') + 1),
      kind,
    ]);
    expect(Object.fromEntries(kinds)).toEqual({
      'ss_-peaonmi': 'ss',
      'conntrack_-L_-o_extended': 'conntrack',
      'iptables_-vnxL': 'ruleset',
      'sysctl_-a': 'sysctl',
      'uname_-a': 'uname',
      'dmesg_-T.gz': 'log',
      core: 'unknown',
    });
  });

  it('reads archives in folders', async () => {
    const place = folder.path('case');
    mkdirSync(place);
    writeFileSync(join(place, 'bundle.tar.gz'), readFileSync(packed('istio-43301.tar.gz')));
    const outcome = await analyze(place);
    expect(findings(outcome)).toEqual(findings(await analyze(INCIDENT)));
    expect(outcome.stdout).toContain('case/bundle.tar.gz!/6-reconnect-0.4s/ss-naoep.txt');
  });

  it('never writes over an archive that it reads', async () => {
    const bytes = readFileSync(packed('istio-43301.tar.gz'));
    const path = folder.add('precious.tar.gz', bytes);
    const { code, stderr } = await runCommand(['analyze', path, '--output', path]);
    expect(code).toBe(2);
    expect(stderr).toBe(`tuplescope: --output ${path} is an input too, and would be lost\n`);
    expect(readFileSync(path)).toEqual(bytes);
  });
});

describe('explain and simulate of an archive', () => {
  it.each([
    ['explain', ['--format', 'ndjson']],
    ['simulate', ['--format', 'json', '--profile', '5.19']],
  ])(
    'say what they say of the folder: %s',
    async (command, options) => {
      const said = async (path: string, root: string): Promise<string> => {
        const { code, stdout } = await runCommand([command, path, ...options]);
        expect(code).toBe(0);
        return stdout.replaceAll(root, '');
      };
      const path = packed('istio-43301.zip');
      expect(await said(path, `${path}!/`)).toBe(await said(INCIDENT, `${INCIDENT}/`));
    },
    30_000,
  );

  it.each(['explain', 'simulate'])(
    'never write over it: %s',
    async (command) => {
      const bytes = readFileSync(packed('istio-43301.tar.gz'));
      const path = folder.add(`${command}.tar.gz`, bytes);
      const { code } = await runCommand([command, path, '--output', path]);
      expect(code).toBe(2);
      expect(readFileSync(path)).toEqual(bytes);
    },
    30_000,
  );
});

describe('analyze of a hostile or damaged archive', () => {
  it('passes over what leads out of it, says so without a control character, and writes nothing', async () => {
    const path = packed('hostile.tar.gz');
    const before = [readdirSync(process.cwd()), readdirSync('/tmp').includes('escaped.txt')];
    const { code, stdout, stderr } = await analyze(path);
    expect(code).toBe(1);
    const { files } = JSON.parse(stdout).incident;
    expect(files.map((file: { path: string }) => file.path)).toEqual([
      `${path}!/ss.txt`,
      `${path}!/up/escaped.txt`,
    ]);
    expect(stderr.split('\n')).toEqual([
      `tuplescope: ${path}: expected files, found names that lead out of the archive ("../escaped.txt"): passed over`,
      `tuplescope: ${path}: expected files, found absolute names ("/tmp/escaped.txt"): passed over`,
      `tuplescope: ${path}: expected files, found symbolic links ("up"): passed over`,
      `tuplescope: ${path}: expected files, found names with control characters ("ss\\x1b[2J.txt"): passed over`,
      `tuplescope: ${path}: expected files, found devices ("tty"): passed over`,
      '',
    ]);
    expect([readdirSync(process.cwd()), readdirSync('/tmp').includes('escaped.txt')]).toEqual(
      before,
    );
  });

  it('ends with 2 where a bomb is refused, and says why', async () => {
    const path = folder.add('bomb.gz', gzipSync(new Uint8Array(66 << 20)));
    const { code, stdout, stderr } = await analyze(path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const why = `${path}: expected at most 250 times as many bytes as it has packed, found more: `;
    expect(stderr.startsWith(`tuplescope: ${why}`)).toBe(true);
    expect(stderr.split('\n').slice(1)).toEqual(['tuplescope: no file could be read', '']);
    const quiet = await runCommand(['analyze', path, '--quiet']);
    expect(quiet.stderr.startsWith(`tuplescope: no file could be read: ${why}`)).toBe(true);
  }, 30_000);

  it('gives what is there of one that is cut', async () => {
    const whole = readFileSync(packed('istio-43301.tar.gz'));
    const path = folder.add('cut.tar.gz', whole.subarray(0, whole.length - 100));
    const { stdout, stderr } = await analyze(path);
    expect(JSON.parse(stdout).incident.files.length).toBeGreaterThan(10);
    expect(stderr).toContain(`${path}: expected the rest of the gzip, found its end`);
  });

  it('ends with 2 for a form that is not opened, and names it', async () => {
    const { code, stderr } = await analyze(`${PACKAGES}archive/fixtures/dmesg.txt.bz2`);
    expect(code).toBe(2);
    expect(stderr).toContain('expected .tar, .zip, .gz, .xz or .zst, found bzip2; unpack it first');
  });
});

describe('parse of a packed file', () => {
  it.each([
    ['conntrack', 'conntrack-L.txt.zst', '1-established/conntrack-L.txt'],
    ['auto', 'dmesg-T.txt.xz', 'dmesg-T.txt'],
  ])('gives the records of what it packs: %s %s', async (kind, name, plain) => {
    const { code, stdout, stderr } = await runCommand(['parse', kind, packed(name)]);
    const said = stderr.replaceAll(packed(name), bundled(plain));
    expect({ code, stdout, stderr: said }).toEqual(
      await runCommand(['parse', kind, bundled(plain)]),
    );
    expect(parseLines(stdout).length).toBeGreaterThan(0);
  });

  it('streams a capture, from a file and from standard input', async () => {
    const capture = readFileSync(`${PACKAGES}pcap-reader/fixtures/port-reuse-lo.pcap`);
    const stdin = gzipSync(capture);
    const plain = await runCommand(['parse', 'pcap'], { stdin: capture });
    expect(parseLines(plain.stdout)).toHaveLength(25);
    expect(await runCommand(['parse', 'pcap'], { stdin })).toEqual(plain);
    expect(await runCommand(['parse', 'pcap', folder.add('lo.pcap.gz', stdin)])).toEqual(plain);
  });

  it('gives what comes before the place where it is cut, and tells the place', async () => {
    const whole = gzipSync(readFileSync(`${PACKAGES}pcap-reader/fixtures/port-reuse-lo.pcap`));
    const path = folder.add('cut.pcap.gz', whole.subarray(0, whole.length >> 1));
    const { code, stdout, stderr } = await runCommand(['parse', 'pcap', path]);
    expect(code).toBe(0);
    expect(parseLines(stdout).length).toBeGreaterThan(5);
    const column = (whole.length >> 1) + 1;
    expect(stderr).toContain(
      `${path}:1:${column}: error: expected the rest of the gzip, found its end\n`,
    );
  });

  it.each(['istio-43301.tar.gz', 'istio-43301.zip'])(
    'refuses an archive, and names analyze: %s',
    async (name) => {
      const { code, stdout, stderr } = await runCommand(['parse', 'auto', packed(name)]);
      const form = name.endsWith('.zip') ? 'zip' : 'tar';
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(
        `tuplescope: ${packed(name)} is a .${form}: parse takes single files, analyze takes archives\n`,
      );
    },
  );
});
