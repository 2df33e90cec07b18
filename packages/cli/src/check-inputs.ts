import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { reasonOf } from './reason-of.ts';
import { UsageError } from './usage-error.ts';

/**
 * Makes sure, before anything is written, that every file can be read, and that the output is none
 * of them: it would be emptied. Throws a usage error that names the first that is wrong.
 *
 * @param paths files; `-` is standard input, which is not looked at.
 */
export function checkInputs(paths: readonly string[], output: string | undefined): void {
  const written = output === undefined ? null : statOrNull(output);
  for (const path of paths.filter((name) => name !== '-')) {
    const { ino, dev } = statReadable(path);
    if (written !== null && written.ino === ino && written.dev === dev && ino !== 0) {
      throw new UsageError(`--output ${output} is an input too, and would be lost`);
    }
  }
}

function statReadable(path: string): Stats {
  let stats: Stats;
  try {
    stats = statSync(path);
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  }
  if (!stats.isDirectory()) return stats;
  throw new UsageError(`${path} is a folder: parse takes files, analyze takes folders`);
}

function statOrNull(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}
