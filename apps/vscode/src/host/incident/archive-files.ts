import { type Disposable, FileSystemError, FileType, type Uri } from 'vscode';
import { serveReadOnlyFiles } from '../read-only-files.ts';
import { ARCHIVE_SCHEME } from './archive-uri.ts';
import type { Sessions } from './sessions.ts';

/** Lets the editor open what is packed in the archives of incidents, for reading. */
export function serveArchiveFiles(sessions: Sessions): Disposable {
  const read = async (uri: Uri): Promise<Uint8Array> => {
    for (const session of sessions.all) {
      const path = session.pathOf(uri);
      if (path === null) continue;
      await session.settled();
      const bytes = await session.member(path);
      if (bytes !== null) return bytes;
    }
    throw FileSystemError.FileNotFound(uri);
  };
  return serveReadOnlyFiles(ARCHIVE_SCHEME, {
    stat: async (uri) => {
      const { length } = await read(uri);
      return { type: FileType.File, ctime: 0, mtime: 0, size: length };
    },
    readFile: read,
    readDirectory: () => [],
  });
}
