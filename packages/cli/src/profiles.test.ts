import { describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

describe('profiles', () => {
  it('lists every profile with what istio issue 43301 does to it', async () => {
    const { code, stdout } = await runCommand(['profiles']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mainline-5\.14\s+-\s/m);
    expect(stdout).toMatch(/^mainline-5\.19\s+affected\s/m);
    expect(stdout).toMatch(/^sles-15-sp4\s+affected\s/m);
  });

  it.each([
    ['5.14.21-150400.24.21-default', 'sles-15-sp4', true],
    ['6.1.0-56-cloud-amd64', 'debian-12-6.1.192', false],
    ['5.10.0-30-cloud-amd64', 'debian-11-5.10.218', false],
    ['5.19.0', 'mainline-5.19', true],
    ['4.18.0-394.el8.x86_64', 'rhel-8-394', true],
    ['6.1.192-without-challenge-ack-fix', '6.1.192-without-challenge-ack-fix', true],
  ])('resolves %s to %s', async (release, id, affected) => {
    const { code, stdout } = await runCommand(['profiles', release, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).match.profile).toMatchObject({ id, affected });
  });

  it('tells what becomes of both cases of istio issue 43301, with each mitigation', async () => {
    const { code, stdout } = await runCommand(['profiles', '5.19.0', '--outcomes']);
    expect(code).toBe(0);
    const [head = '', first = '', second = ''] = stdout.split('\n');
    expect(head.split(/\s{2,}/)).toEqual([
      'profile',
      'case',
      'none',
      'be-liberal',
      'ignore-invalid-rst',
      'drop-invalid',
      'close-wait-3600',
      'tproxy',
    ]);
    expect(first.split(/\s{2,}/).slice(0, 6)).toEqual([
      'mainline-5.19',
      '1',
      'timed-out',
      expect.stringMatching(/^0\.0\d s$/),
      'timed-out',
      'timed-out',
    ]);
    expect(second).not.toContain('timed-out');
  });

  it('gives candidates and the probe that decides where the facts do not', async () => {
    const { code, stdout } = await runCommand([
      'profiles',
      '5.14.0-362.el9.x86_64',
      '--format',
      'json',
    ]);
    expect(code).toBe(2);
    const { match } = JSON.parse(stdout);
    expect(match.profile).toBeNull();
    expect(match.candidates.length).toBeGreaterThan(1);
    expect(match.probe[0].command).not.toBe('');
  });
});
