import { type Stats, statSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/**
 * Throws a usage error where the output is one of the inputs, by whatever name: it would be emptied,
 * and an incident cannot be captured again.
 *
 * @param paths files; `-` is standard input, which is not looked at.
 */
export function refuseToOverwrite(paths: readonly string[], output: string | undefined): void {
  const written = output === undefined ? null : statOrNull(output);
  if (written === null || written.ino === 0) return;
  const isWritten = (path: string): boolean => {
    const stats = statOrNull(path);
    return stats !== null && stats.ino === written.ino && stats.dev === written.dev;
  };
  if (!paths.some((path) => path !== '-' && isWritten(path))) return;
  throw new UsageError(`--output ${output} is an input too, and would be lost`);
}

function statOrNull(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
