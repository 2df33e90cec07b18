/** What the codes of the system mean, in words; the others' own message is clear enough. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission was denied',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of the path is no folder',
};

/**
 * Says in a few words why a file could not be opened, read or written.
 *
 * @example
 * reasonOf(Object.assign(new Error(), { code: 'EACCES' })) // 'permission was denied'
 */
export function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
