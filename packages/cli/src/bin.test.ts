import { beforeAll, describe, expect, it } from 'vitest';
import { buildCommand, runShell } from './testing/build-command.ts';
import { bundled } from './testing/files.ts';

const SYSCTL = bundled('sysctl.txt');

let built = '';
beforeAll(async () => {
  built = await buildCommand();
}, 60_000);

describe('the process', { timeout: 30_000 }, () => {
  it('ends quietly when the reader of a pipe has seen enough', async () => {
    const many = Array.from({ length: 200 }, () => SYSCTL).join(' ');
    const script = `( $TUPLESCOPE parse auto ${many}; echo "exit $?" >&2 ) | head -1`;
    const { stdout, stderr } = await runShell(script, built);
    expect(stdout).toMatch(/^\{[^\n]+\}\n$/);
    expect(stderr).toBe('exit 0\n');
  });

  it('ends then even where its own input goes on', async () => {
    const line =
      'tcp 6 9 CLOSE src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2 src=10.0.0.2 dst=10.0.0.1 sport=2 dport=1 use=1';
    const writer = `yes '${line}'`;
    const { stdout, stderr } = await runShell(
      `${writer} | $TUPLESCOPE parse conntrack --quiet | head -1`,
      built,
    );
    expect(JSON.parse(stdout)).toMatchObject({ state: 'CLOSE' });
    expect(stderr).toBe('');
  });

  it.each([
    ['--version', 0],
    [`parse auto ${SYSCTL}`, 0],
    [`parse nstat ${SYSCTL}`, 2],
    ['parse auto /no/such/file', 2],
    ['parse auto < /dev/null', 2],
    [`parse auto ${SYSCTL} > /dev/full`, 2],
    ['nonsense', 2],
  ])('gives the exit code of `%s`', async (args, code) => {
    const outcome = await runShell(`$TUPLESCOPE ${args}`, built);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });

  it('colours where FORCE_COLOR asks for it, and never where NO_COLOR forbids it', async () => {
    const stdin = 'net.ipv4.a = 1\noops\nnet.ipv4.b = 1\n';
    const say = async (env: Record<string, string>): Promise<string> =>
      (await runShell('$TUPLESCOPE parse sysctl', built, { stdin, env })).stderr;
    expect(await say({})).not.toContain('\u001b');
    expect(await say({ FORCE_COLOR: '1' })).toContain('\u001b[31merror\u001b[39m');
    expect(await say({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(await say({}));
  });
});
