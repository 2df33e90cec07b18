import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundled, PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { type Outcome, runCommand } from './testing/run-command.ts';

const INCIDENT = bundled('').slice(0, -1);
const folder = useTemporaryFolder();

/** Every mitigation on every profile is some hundred connects. */
const SLOW = { timeout: 30_000 };

async function simulate(...args: string[]): Promise<Outcome> {
  return await runCommand(['simulate', ...args]);
}

interface Run {
  readonly profile: string;
  readonly mitigation: string | null;
  readonly outcome: string;
  readonly packets: { readonly segment: { readonly flags: string }; readonly says: string }[];
}

async function json(...args: string[]): Promise<{ runs: Run[] } & Record<string, unknown>> {
  const { stdout } = await simulate(...args, '--format', 'json');
  return JSON.parse(stdout);
}

describe('simulate', SLOW, () => {
  it('connects on 5.14 and 6.2, times out on SLES 15 SP4, where be-liberal alone helps', async () => {
    const { runs, ...answer } = await json(INCIDENT);
    const outcome = (profile: string, mitigation: string | null): string | undefined =>
      runs.find((run) => run.profile === profile && run.mitigation === mitigation)?.outcome;
    expect(answer).toMatchObject({ port: 44410, to: '172.21.206.198:7777' });
    expect(outcome('mainline-5.14', null)).toBe('connected');
    expect(outcome('mainline-6.2', null)).toBe('connected');
    expect(outcome('sles-15-sp4', null)).toBe('timed-out');
    expect(outcome('sles-15-sp4', 'be-liberal')).toBe('connected');
    expect(outcome('sles-15-sp4', 'ignore-invalid-rst')).toBe('timed-out');
    expect(outcome('sles-15-sp4', 'drop-invalid')).toBe('timed-out');
  });

  it('shows a table in which kernels that fare alike are one row, its own first', async () => {
    const { code, stdout } = await simulate(INCIDENT);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    const cells = lines.find((line) => line.startsWith('A  '))?.split(/\s{2,}/);
    expect(cells).toEqual([
      'A',
      'timed out',
      '0.01 s',
      'timed out',
      'timed out',
      '0.01 s',
      '0.01 s',
    ]);
    expect(stdout).toContain("\nA  mainline-5.19 (this incident's kernel), stable-5.17.6,");
    expect(stdout).toContain('\nF  sles-15-sp4\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('shows the ladder of one run, packet by packet', async () => {
    const { stdout } = await simulate(INCIDENT, '--profile', 'sles-15-sp4', '--mitigation', 'none');
    const rows = stdout.split('\n').filter((line) => /^ +\d+\.\d{6} /.test(line));
    expect(rows.slice(0, 3)).toEqual([
      '  0.000000  SYN 66001914          NEW          ●────────✓───────►│       │  SYN_SENT 120 s [UNREPLIED]',
      '  0.000020  ACK 1382665639        ESTABLISHED  │◄───────✓────────●       │  SYN_SENT 119 s',
      '  0.000040  RST 1382665639        INVALID      ●────────✗╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌►│  SYN_SENT 119 s',
    ]);
    // Seven SYNs, as the write-up of the incident has them, each with its challenge ACK and RST.
    expect(rows).toHaveLength(21);
    expect(stdout).toContain('\nTimed out after 127.00 s.\n');
  });

  it('shows both halves where no packet tells the numbers', async () => {
    const snapshot = bundled('5-leaked-fin-wait-2');
    const args = ['--profile', 'sles-15-sp4', '--mitigation', 'none'];
    const { stdout } = await simulate(snapshot, ...args);
    expect(stdout).toContain('\nOn sles-15-sp4, a RST ahead of the SYN\n');
    expect(stdout).toContain('\nTimed out after 127.00 s.\n');
    expect(stdout).toContain('\nOn sles-15-sp4, a RST behind the SYN\n');
    expect(stdout).toContain('\nConnected after 1.00 s.\n');
    const table = await simulate(snapshot, '--profile', 'sles-15-sp4');
    expect(table.stdout).toMatch(/^sles-15-sp4 {2}½ timed out {2}1\.00 s/m);
  });

  it('takes a sysctl for a mitigation of its own', async () => {
    const { runs } = await json(
      INCIDENT,
      '--profile',
      'sles-15-sp4',
      '--sysctl',
      'net.netfilter.nf_conntrack_tcp_be_liberal=1',
    );
    expect(runs).toMatchObject([
      { mitigation: null, outcome: 'connected', sysctls: { nf_conntrack_tcp_be_liberal: 1 } },
    ]);
  });

  it('gives packets as explain does', async () => {
    const { runs } = await json(INCIDENT, '--profile', '5.19.0', '--mitigation', 'none');
    expect(runs[0]?.packets[2]).toMatchObject({
      n: 3,
      file: null,
      conversation: 1,
      ctstate: 'INVALID',
      entry: { state: 'SYN_SENT', timeout: 119, assured: false, unreplied: false },
      nat: 'none',
      socket: { owner: 'none', state: 'CLOSED', does: 'ignores' },
      sender: 'app',
      why: {
        rule: 'seq-over-upper-bound',
        values: { seq: 1382665639, upperBound: 66001916 },
        commits: ['c7aab4f17021'],
        log: 'SEQ is over the upper bound (over the window of the receiver)',
      },
      expected: true,
    });
  });

  it('takes the port that collides, and names the others', async () => {
    const listing = readFileSync(bundled('6-reconnect-0.4s/ss-naoep.txt'), 'utf8');
    const row = listing.split('\n').find((line) => line.includes('FIN-WAIT-2')) ?? '';
    const two = folder.add('ss.txt', `${listing}${row.replace('44410', '40000')}\n`);
    const { stdout } = await simulate(two, '--profile', '5.19.0');
    expect(stdout).toMatch(/^Connect {2}172\.29\.73\.7:44410 → 172\.21\.206\.198:7777$/m);
    expect(stdout).toMatch(/^Others {3}40000 would meet an old socket too; --port N takes one/m);
    const other = await simulate(two, '--profile', '5.19.0', '--port', '40000');
    expect(other.stdout).toMatch(/^Connect {2}172\.29\.73\.7:40000 → /m);
  });

  it('writes to a file, and reads standard input', async () => {
    const output = folder.path('answer.txt');
    const stdin = readFileSync(bundled('5-leaked-fin-wait-2/ss-naoep.txt'));
    const { code, stdout } = await runCommand(['simulate', '-', '--output', output], { stdin });
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(output, 'utf8')).toContain('172.29.73.7:44410 → ');
  });

  it('says the same twice', async () => {
    const once = await simulate(INCIDENT, '--format', 'json');
    expect(await simulate(INCIDENT, '--format', 'json')).toEqual(once);
  });

  it('names no control character of a process to the terminal', async () => {
    const hostile = readFileSync(bundled('5-leaked-fin-wait-2/ss-naoep.txt'), 'utf8');
    const file = folder.add('ss.txt', hostile.replaceAll('envoy-sim', 'e\u001b[31m\u202e'));
    const { stdout } = await simulate(file, '--profile', '5.19.0', '--no-color');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('simulate says what is wrong, and ends with 2', () => {
  it.each<[string, string[], string]>([
    ['no port', [bundled('1-established')], 'no old socket of a proxy stands on'],
    [
      'another port',
      [INCIDENT, '--port', '5'],
      'no old socket of the proxy belongs to port 5 in this incident; one belongs to 44410',
    ],
    ['a port that is none', [INCIDENT, '--port', 'http'], '--port takes a number from 1 to 65535'],
    ['a kernel that is none', [INCIDENT, '--profile', 'hurd'], 'no profile fits "hurd"'],
    [
      'a sysctl that is none',
      [INCIDENT, '--sysctl', 'vm.swappiness=1'],
      '--sysctl vm.swappiness=1: expected a sysctl of the model',
    ],
    [
      'a value that is none',
      [INCIDENT, '--sysctl', 'nf_conntrack_tcp_be_liberal=7'],
      'nf_conntrack_tcp_be_liberal: expected an integer from 0 to 1, found 7',
    ],
    [
      'a range that is none',
      [INCIDENT, '--sysctl', 'ip_local_port_range=9 1'],
      'expected two ports from 1 to 65535, the smaller first',
    ],
    [
      'a sysctl that the kernel lacks',
      [INCIDENT, '--profile', '5.4.59', '--sysctl', 'nf_conntrack_tcp_ignore_invalid_rst=1'],
      'mainline-5.4 has no sysctl nf_conntrack_tcp_ignore_invalid_rst',
    ],
    [
      'a mitigation that is none',
      [INCIDENT, '--mitigation', 'reboot'],
      '--mitigation takes one of none, be-liberal, ignore-invalid-rst, drop-invalid',
    ],
    ['a file that is none', [`${PACKAGES}no-such-file`], 'cannot read'],
    ['nothing known', [`${PACKAGES}cli/package.json`], 'nothing was recognised'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await simulate(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

describe('simulate of damaged files', SLOW, () => {
  const files = ['5-leaked-fin-wait-2/ss-naoep.txt', 'iptables-save.txt', 'tcpdump-lo.txt'];
  const text = files.map((name) => readFileSync(bundled(name), 'utf8')).join('\n');

  it('answers, or says what is wrong', async () => {
    const edit = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 8 }), async (edits) => {
        let damaged = text;
        for (const [at, length, put] of edits) {
          damaged = damaged.slice(0, at) + put + damaged.slice(at + length);
        }
        const stdin = Buffer.from(damaged);
        const { code, stderr } = await runCommand(['simulate', '-', '--profile', '5.19.0'], {
          stdin,
        });
        expect(code === 0 || (code === 2 && stderr.startsWith('tuplescope: '))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
