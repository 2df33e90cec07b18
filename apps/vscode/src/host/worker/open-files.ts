import { archiveFormat, FORMAT_BYTES, openArchive } from '@tuplescope/archive';
import type { CapturedFile } from '@tuplescope/incident';

/** A file of an incident, opened: itself, or what is packed in it. */
export interface OpenedFile {
  readonly files: readonly CapturedFile[];
  /** Whether they are packed, so that nothing but the worker can show them. */
  readonly isPacked: boolean;
}

/** Opens a file of an incident: an archive gives its members, any other file itself. */
export async function openFile({ path, bytes }: CapturedFile): Promise<OpenedFile> {
  if (archiveFormat(bytes.subarray(0, FORMAT_BYTES)) === null) {
    return { files: [{ path, bytes }], isPacked: false };
  }
  const { files } = await openArchive(bytes, path);
  const [only] = files;
  // A file that is packed alone is called as it lies in its folder.
  const isAlone = files.length === 1 && only !== undefined && !only.path.includes('!/');
  return { files: isAlone ? [{ path, bytes: only.bytes }] : files, isPacked: true };
}
