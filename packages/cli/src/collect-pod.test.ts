import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTemporaryFolder } from './testing/files.ts';
import { WHY_NO_POD } from './testing/leaking-pod.ts';
import { type Outcome, runCommand } from './testing/run-command.ts';

// A hostname has no room for the last two characters of this name; what is left would end in `-`.
const POD = `${'t'.repeat(62 - String(process.pid).length)}${process.pid}-bc`;

/** A pod of that name: its Kubernetes namespace is in resolv.conf, and its interface tells which it is. */
const SCRIPT = `
printf %s "$1" >/proc/sys/kernel/hostname
mount -t tmpfs none /etc
[ -z "$2" ] || echo "search $2.svc.cluster.local svc.cluster.local cluster.local" >/etc/resolv.conf
ip link add "in-$2" type veth
echo ready
exec sleep 300
`;

const pods: ChildProcess[] = [];

async function start(namespace: string): Promise<void> {
  const options = [
    '--net',
    '--uts',
    '--mount',
    'sh',
    '-c',
    SCRIPT,
    'sh',
    POD.slice(0, 62),
    namespace,
  ];
  const pod = spawn('unshare', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  pods.push(pod);
  await once(pod.stdout as Readable, 'data');
}

describe.skipIf(WHY_NO_POD !== '')(
  `the pod that collect finds${WHY_NO_POD}`,
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      for (const namespace of ['blue', 'green']) await start(namespace);
    }, 30_000);
    afterAll(() => {
      for (const pod of pods) pod.kill();
    });

    const folder = useTemporaryFolder();
    const collect = (...args: string[]): Promise<Outcome> => {
      const { PATH = '' } = process.env;
      const options = ['--run', '--seconds', '0', '--output', folder.path('pod.tar.gz')];
      return runCommand(['collect', POD, ...options, ...args], { env: { PATH } });
    };
    const devices = (): string[] => {
      const { stdout } = spawnSync('tar', [
        '-xzOf',
        folder.path('pod.tar.gz'),
        '--wildcards',
        '*/sysctl-net.txt',
      ]);
      return [...new Set(String(stdout).match(/in-\w+/g))];
    };

    it('is the one in the namespace that is named, by a hostname that is cut off', async () => {
      expect((await collect('-n', 'green')).code).toBe(0);
      expect(devices()).toEqual(['in-green']);
    });

    it('is none where two have that name, or none in that namespace', async () => {
      const two = await collect();
      expect(two.code).toBe(2);
      const numbers = pods.map(({ pid }) => String(pid));
      expect(two.stderr).toContain(`more than one pod here is called ${POD}`);
      for (const number of numbers) expect(two.stderr).toContain(number);
      const elsewhere = await collect('-n', 'red');
      expect(elsewhere.code).toBe(2);
      expect(elsewhere.stderr).toMatch(
        /runs here in the namespace (blue green|green blue), not in red/,
      );
    });
  },
);
