import { spawnSync } from 'node:child_process';

/** Says whether a program is on the path. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

/** What follows the name of tests that are skipped: which programs they lack here. */
export function whyNot(...programs: string[]): string {
  const missing = programs.filter((program) => !isInstalled(program));
  return missing.length === 0 ? '' : ` (skipped: not installed: ${missing.join(', ')})`;
}

/** The shells that are installed, each as the words that start it. */
export const SHELLS: readonly string[][] = installed([
  ['sh'],
  ['dash'],
  ['bash'],
  ['busybox', 'sh'],
]);

/** The awks that are installed, each as the words that start it. */
export const AWKS: readonly string[][] = installed([
  ['awk'],
  ['mawk'],
  ['gawk'],
  ['original-awk'],
  ['busybox', 'awk'],
]);

function installed(commands: string[][]): string[][] {
  return commands.filter(([program]) => isInstalled(program as string));
}
