import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  type Uri,
  workspace,
} from 'vscode';

/** How files are read that nobody writes. */
export type ReadOnlyFiles = Pick<FileSystemProvider, 'readDirectory' | 'readFile' | 'stat'>;

/** Lets the editor read files of a scheme of our own, which never change and cannot be changed. */
export function serveReadOnlyFiles(scheme: string, files: ReadOnlyFiles): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const registered = workspace.registerFileSystemProvider(
    scheme,
    {
      ...files,
      onDidChangeFile: changed.event,
      watch: () => ({ dispose: () => undefined }),
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
