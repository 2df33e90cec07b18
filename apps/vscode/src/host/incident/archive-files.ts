import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  FileType,
  type Uri,
  workspace,
} from 'vscode';
import { ARCHIVE_SCHEME } from './archive-uri.ts';
import type { Sessions } from './sessions.ts';

/** Lets the editor open what is packed in the archives of incidents, for reading. */
export function serveArchiveFiles(sessions: Sessions): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();

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
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };

  const registered = workspace.registerFileSystemProvider(
    ARCHIVE_SCHEME,
    {
      onDidChangeFile: changed.event,
      watch: () => ({ dispose: () => undefined }),
      stat: async (uri) => {
        const { length } = await read(uri);
        return { type: FileType.File, ctime: 0, mtime: 0, size: length };
      },
      readFile: read,
      readDirectory: () => [],
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    },
    { isReadonly: true, isCaseSensitive: true },
  );
  return {
    dispose: () => {
      registered.dispose();
      changed.dispose();
    },
  };
}
