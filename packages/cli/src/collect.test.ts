import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';
import { isInstalled, SHELLS, whyNot } from './testing/shells.ts';

const SCRIPTS = [
  { name: 'for the node', args: ['collect', 'web-0', '-n', 'prod'] },
  { name: 'for kubectl', args: ['collect', 'web-0', '-n', 'prod', '--kubectl'] },
  { name: 'for a process', args: ['collect', '--pid', '4711', '--redact', '--seconds', '0'] },
];

async function print(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe.each(SCRIPTS)('the script $name', { timeout: 30_000 }, ({ args }) => {
  it.each(SHELLS)('is one that %s understands', async (...shell) => {
    const [program = '', ...options] = shell;
    const { status, stderr } = spawnSync(program, [...options, '-n'], { input: await print(args) });
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(!isInstalled('shellcheck'))(`passes shellcheck${whyNot('shellcheck')}`, async () => {
    const { stdout } = spawnSync('shellcheck', ['-'], { input: await print(args) });
    expect(String(stdout)).toBe('');
  });
});

/** What the settings at the top of a script say, in a shell's eyes. */
async function settingsOf(args: readonly string[]): Promise<Record<string, string>> {
  const settings = (await print(args)).match(/^[A-Z]+='(?:[^']|'\\'')*'$/gm) ?? [];
  const names = settings.map((setting) => setting.slice(0, setting.indexOf('=')));
  const show = names.map((name) => `printf '%s\\0' "$${name}"`);
  const values = execFileSync('sh', ['-c', [...settings, ...show].join('\n')], {
    encoding: 'utf8',
  });
  return Object.fromEntries(values.split('\0').map((value, i) => [names[i] ?? '', value]));
}

describe('collect', () => {
  it('captures the headers of packets for ten seconds where nothing else is said', async () => {
    expect(await settingsOf(['collect', 'web-0'])).toMatchObject({
      POD: 'web-0',
      NAMESPACE: '',
      PID: '',
      DURATION: '10',
      SNAPLEN: '',
      REDACT: '',
      QUIET: '',
      OUTPUT: '',
    });
  });

  it('hands its options on', async () => {
    const options = [
      '--seconds',
      '30',
      '--snaplen',
      '256',
      '--output',
      "it's $(x)\nPID=''",
      '--quiet',
    ];
    expect(await settingsOf(['collect', 'web-0.a', '-n', 'prod', ...options])).toMatchObject({
      POD: 'web-0.a',
      NAMESPACE: 'prod',
      PID: '',
      DURATION: '30',
      SNAPLEN: '256',
      QUIET: '1',
      OUTPUT: "it's $(x)\nPID=''",
    });
    expect(await settingsOf(['collect', '--pid', '4711', '--redact'])).toMatchObject({
      POD: '',
      PID: '4711',
      REDACT: '1',
    });
  });

  const hostile = [
    '$(reboot)',
    '`reboot`',
    "web'; reboot; '",
    'web\nreboot',
    '-it',
    '../web',
    'Web',
    '',
  ];
  const long = 'a'.repeat(254);
  it.each<[string[], string]>([
    [[], 'the name of a pod, or --pid'],
    [['web-0', '--pid', '1'], 'the name of a pod, or --pid'],
    ...[...hostile, 'web_0', 'web..a', 'web-', 'pod/web', long].map((name): [string[], string] => [
      ['--', name],
      'expected the name of a pod',
    ]),
    ...[...hostile, 'a.b', 'a'.repeat(64)].map((name): [string[], string] => [
      ['web-0', `--namespace=${name}`],
      '--namespace takes a name',
    ]),
    [['--pid', '0'], '--pid takes a number from 1 to 4194304, not "0"'],
    [['--pid', '1;reboot'], '--pid takes a number'],
    [['--pid', '1.5'], '--pid takes a whole number, not "1.5"'],
    [['--pid', '1', '-n', 'prod'], '--namespace takes the name of a pod'],
    [['--pid', '1', '--kubectl'], '--kubectl takes the name of a pod'],
    [['web-0', '--seconds', '-1'], '--seconds takes a number from 0 to 3600, not "-1"'],
    [['web-0', '--snaplen', '1e9'], '--snaplen takes a number from 64 to 262144, not "1e9"'],
    [['web-0', '--redact', '--snaplen', '96'], 'leave --snaplen out'],
    [['web-0', '--output', ''], '--output takes the name of a file'],
    [['web-0', 'web-1'], 'too many arguments'],
  ])('answers %j with one line and exit code 2', async (args, words) => {
    const { code, stdout, stderr } = await runCommand(['collect', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^tuplescope: [^\n]+\n$/);
    expect(stderr).toContain(words);
  });
});
