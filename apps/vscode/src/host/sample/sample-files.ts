import { type Disposable, FileSystemError, FileType, Uri, workspace } from 'vscode';
import { serveReadOnlyFiles } from '../read-only-files.ts';
import { listSample, SAMPLE_FILES } from './sample-tree.ts';

/** The scheme of the files that come with the extension. */
const SAMPLE_SCHEME = 'tuplescope-sample';

/** The sample incident's folder. */
export const SAMPLE_ROOT: Uri = Uri.from({ scheme: SAMPLE_SCHEME, path: '/istio-43301' });

/** Lets the editor read the sample incident as a folder, wherever the extension itself lies. */
export function serveSampleFiles(extensionUri: Uri): Disposable {
  const read = async (uri: Uri): Promise<Uint8Array> => {
    const path = pathIn(uri);
    if (path === null || !SAMPLE_FILES.includes(path)) throw FileSystemError.FileNotFound(uri);
    return workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist/sample', path));
  };
  return serveReadOnlyFiles(SAMPLE_SCHEME, {
    stat: async (uri) => {
      const isFolder = listSample(pathIn(uri) ?? '/') !== null;
      const size = isFolder ? 0 : (await read(uri)).length;
      return { type: isFolder ? FileType.Directory : FileType.File, ctime: 0, mtime: 0, size };
    },
    readFile: read,
    readDirectory: (uri) => {
      const members = listSample(pathIn(uri) ?? '/');
      if (members === null) throw FileSystemError.FileNotFound(uri);
      return members.map(({ name, isFolder }) => [
        name,
        isFolder ? FileType.Directory : FileType.File,
      ]);
    },
  });
}

/** The path in the sample, or null for what lies outside it. */
function pathIn(uri: Uri): string | null {
  if (uri.path === SAMPLE_ROOT.path) return '';
  const prefix = `${SAMPLE_ROOT.path}/`;
  return uri.path.startsWith(prefix) ? uri.path.slice(prefix.length) : null;
}
