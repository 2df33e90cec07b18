import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { bundled, PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { type Outcome, runCommand, type Surroundings } from './testing/run-command.ts';

const RECORDINGS = `${PACKAGES}packet-explainer/fixtures`;
const AFFECTED = `${RECORDINGS}/5.19.0-case1`;
const HEALED = `${RECORDINGS}/5.10.262-case1`;
const DISGUISED = `${RECORDINGS}/6.1.192-without-challenge-ack-fix-case1`;

const folder = useTemporaryFolder();
const explain = (args: readonly string[], around?: Surroundings): Promise<Outcome> =>
  runCommand(['explain', ...args], around);

interface Told {
  readonly file: string;
  readonly n: number;
  readonly at: number | null;
  readonly kind: string;
  readonly ctstate: string;
  readonly expected: boolean;
  readonly segment: { readonly n: number; readonly sport: number; readonly dport: number };
}

function recordsOf({ stdout }: Outcome): Told[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told);
}

const name = (path: string): string => path.split('/').at(-1) ?? '';

describe('explain --format ndjson', () => {
  it('gives each packet of the captures once, with its number there', async () => {
    const outcome = await explain([AFFECTED, '--format', 'ndjson']);
    const told = recordsOf(outcome);
    expect(outcome.code).toBe(0);
    // capinfos -c counts 15 and 14 packets.
    expect(told.filter(({ file }) => name(file) === 'eth0.pcap').map(({ n }) => n)).toHaveLength(
      15,
    );
    expect(told.filter(({ file }) => name(file) === 'lo.pcap').map(({ n }) => n)).toHaveLength(14);
    expect(told.every(({ n, segment }) => n === segment.n)).toBe(true);
    expect(told.every(({ expected }) => expected)).toBe(true);
    expect(outcome.stderr).toBe('');
  });

  it('marks the RST under a profile of the other outcome, and says what fits', async () => {
    const outcome = await explain([AFFECTED, '--format', 'ndjson', '--profile', '6.2.1']);
    const against = recordsOf(outcome).filter(({ expected }) => !expected);
    expect(against.map(({ kind, file, n }) => `${kind} ${name(file)} ${n}`)).toEqual([
      'rst-of-challenge eth0.pcap 13',
      'rst-of-challenge eth0.pcap 14',
      'rst-of-challenge eth0.pcap 15',
    ]);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('eth0.pcap packet 13 contradicts mainline-6.2');
    expect(outcome.stderr).toContain(
      'what fits: mainline-6.2-without-challenge-ack-fix, stable-5.17.6',
    );
  });

  it('gives only connections of a port where one is asked for', async () => {
    const told = recordsOf(await explain([AFFECTED, '--format', 'ndjson', '--port', '44410']));
    expect(told).toHaveLength(22);
    expect(told.every(({ segment: { sport, dport } }) => [sport, dport].includes(44410))).toBe(
      true,
    );
  });

  it('lets a sysctl win over what was captured', async () => {
    const sysctl = ['--sysctl', 'net.netfilter.nf_conntrack_tcp_be_liberal=1'];
    const told = recordsOf(await explain([AFFECTED, '--format', 'ndjson', ...sysctl]));
    const resets = told.filter(({ kind }) => kind === 'rst-of-challenge');
    expect(resets.map(({ ctstate, expected }) => [ctstate, expected])).toEqual([
      ['ESTABLISHED', false],
      ['ESTABLISHED', false],
      ['ESTABLISHED', false],
    ]);
  });

  it('gives a text without dates no date', async () => {
    const text = `${RECORDINGS}/texts/tcpdump-lo.txt`;
    const told = recordsOf(await explain([text, '--format', 'ndjson', '--profile', '5.10.262']));
    expect(told).toHaveLength(20);
    expect(told.every(({ at }) => at === null)).toBe(true);
  });

  it('reads a capture from standard input', async () => {
    const stdin = readFileSync(`${AFFECTED}/lo.pcap`);
    const told = recordsOf(await explain(['-', '--format', 'ndjson'], { stdin }));
    expect(told).toHaveLength(14);
    expect(told[0]?.file).toBe('-');
  });
});

describe('explain --format json', () => {
  it.each([
    ['an affected kernel', [AFFECTED]],
    ['a healed one', [HEALED]],
    ['a profile that does not fit', [AFFECTED, '--profile', '6.12']],
    ['text', [bundled('')]],
  ])('is an array of the same objects, as its schema says: %s', async (_, args) => {
    const lines = recordsOf(await explain([...args, '--format', 'ndjson', '--quiet']));
    const answer = JSON.parse((await explain([...args, '--format', 'json', '--quiet'])).stdout);
    expect(answer).toEqual(lines);
    const { stdout } = await runCommand(['schema', 'explain']);
    const validate = new Ajv2020({ allowUnionTypes: true, strict: false }).compile(
      JSON.parse(stdout),
    );
    validate(answer);
    expect(validate.errors).toBeNull();
    expect(validate([{ ...answer[0], surprise: 1 }])).toBe(false);
  });
});

describe('explain in words', () => {
  it('heads the ladder with the kernel, whether it fits, and what else does', async () => {
    const { stdout, code } = await explain([AFFECTED, '--no-color']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Kernel +Linux 5\.19 \(profile mainline-5\.19, certain\)/);
    expect(stdout).toContain('Every packet is what this kernel would have done.');
    expect(stdout).toContain('CHALLENGE ACK: The proxy');
    expect(stdout).toContain('RST LOST: The application refuses');
  });

  it('says that the packets contradict the kernel that uname names', async () => {
    const { stdout } = await explain([DISGUISED, '--no-color']);
    const words = stdout.replaceAll(/\s+/g, ' ');
    expect(words).toContain('Debian 12, 6.1.192 (profile debian-12-6.1.192, certain)');
    expect(words).toContain('The packets contradict it:');
    expect(words).toContain('Fits debian-12-6.1.192-without-challenge-ack-fix, stable-5.17.6');
  });

  it('draws the ladder as SVG and writes a page, to a file that is asked for', async () => {
    const svg = folder.path('case1.svg');
    const html = folder.path('case1.html');
    expect((await explain([AFFECTED, '--format', 'svg', '--output', svg])).code).toBe(0);
    expect((await explain([AFFECTED, '--format', 'html', '--output', html])).code).toBe(0);
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg[^>]*>[\s\S]*<\/svg>\n?$/);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/i);
  });
});

describe('explain of what it cannot take', () => {
  it.each([
    [[`${AFFECTED}/sysctl.txt`], 'no packets were found'],
    [[AFFECTED, '--profile', '2.6.32'], 'no profile fits "2.6.32"'],
    [[AFFECTED, '--sysctl', 'kernel.panic=1'], 'expected a sysctl of the model'],
    [[AFFECTED, '--sysctl', 'nf_conntrack_tcp_be_liberal=yes'], 'expected a number'],
    [
      [AFFECTED, '--profile', '5.4.59', '--sysctl', 'nf_conntrack_tcp_ignore_invalid_rst=1'],
      'this kernel lacks it',
    ],
    [[AFFECTED, '--port', '70000'], '--port'],
    [['nowhere.pcap'], 'there is no such file or folder'],
  ])('%s: one line, and 2', async (args, says) => {
    const { code, stdout, stderr } = await explain(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('never writes over a capture', async () => {
    const file = folder.add('lo.pcap', readFileSync(`${AFFECTED}/lo.pcap`));
    const { code, stderr } = await explain([file, '--format', 'svg', '--output', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('is an input too');
  });
});
