import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import { PACKAGES } from './files.ts';
import { isInstalled } from './shells.ts';

const TOOLS = ['unshare', 'nsenter', 'ip', 'iptables', 'ss', 'conntrack', 'tcpdump', 'nstat'];

/** Why no pod can be made here, as what follows the name of tests that are skipped; or nothing. */
export const WHY_NO_POD: string = whyNoPod();

function whyNoPod(): string {
  const missing = TOOLS.filter((tool) => !isInstalled(tool));
  if (missing.length > 0) return ` (skipped: not installed: ${missing.join(', ')})`;
  const redirect = 'iptables -t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 1';
  const { status } = spawnSync('unshare', ['--net', '--uts', 'sh', '-c', redirect]);
  return status === 0 ? '' : ' (skipped: it takes root, and a kernel with REDIRECT)';
}

/** A network namespace with a leak, as leaking-pod.sh makes it. */
export interface LeakingPod {
  /** A process in it. */
  pid(): number;
  /** Runs a command in it, and gives what it prints. */
  run(...command: string[]): string;
}

/** Makes a pod with a leak before the tests of a file, and ends it after them. */
export function useLeakingPod(name: string): LeakingPod {
  let pod: ChildProcess | undefined;
  const pid = (): number => pod?.pid ?? 0;
  beforeAll(async () => {
    if (WHY_NO_POD !== '') return;
    const script = `${PACKAGES}cli/src/testing/leaking-pod.sh`;
    const command = ['--net', '--uts', 'sh', script, name, process.execPath];
    pod = spawn('unshare', command, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await Promise.race([once(pod.stdout as Readable, 'data'), once(pod, 'exit')]);
    if (String(said) !== 'leaked\n') throw new Error(`the pod ended with ${said}`);
  }, 30_000);
  afterAll(() => pod?.kill());
  return {
    pid,
    run: (...command) => {
      const inside = ['--target', String(pid()), '--net', '--', ...command];
      return spawnSync('nsenter', inside, { encoding: 'utf8' }).stdout;
    },
  };
}
