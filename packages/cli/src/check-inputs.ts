import { accessSync, constants, statSync } from 'node:fs';
import { reasonOf } from './reason-of.ts';
import { refuseToOverwrite } from './refuse-to-overwrite.ts';
import { UsageError } from './usage-error.ts';

/**
 * Makes sure, before anything is written, that every file can be read, and that the output is none
 * of them: it would be emptied. Throws a usage error that names the first that is wrong.
 *
 * @param paths files; `-` is standard input, which is not looked at.
 */
export function checkInputs(paths: readonly string[], output: string | undefined): void {
  for (const path of paths) if (path !== '-') checkReadable(path);
  refuseToOverwrite(paths, output);
}

function checkReadable(path: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  }
  if (!isFolder) return;
  throw new UsageError(`${path} is a folder: parse takes files, analyze takes folders`);
}
