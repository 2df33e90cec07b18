import { readdirSync, readFileSync } from 'node:fs';

/** Memory of a process, in MiB. */
export interface Memory {
  readonly now: number;
  /** The most that it had since `forgetPeak`. */
  readonly peak: number;
}

/** Finds the extension host of an editor among the processes that its server started. */
export function findExtensionHost(server: number): number {
  const parents = new Map<number, number>();
  const hosts: number[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program, in brackets, may hold spaces.
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (command.includes('--type=extensionHost')) hosts.push(Number(name));
    } catch {
      // It ended meanwhile.
    }
  }
  const isOfServer = (pid: number): boolean =>
    pid === server || (pid > 1 && isOfServer(parents.get(pid) ?? 0));
  const host = hosts.find(isOfServer);
  if (host === undefined) throw new Error('the extension host was not found');
  return host;
}

/** Reads how much memory a process has, its workers with it: they are threads of it. */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: read('VmRSS'), peak: read('VmHWM') };
}
