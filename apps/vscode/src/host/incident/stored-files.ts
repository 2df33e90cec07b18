import { FileType, Uri, workspace } from 'vscode';
import type { CollectedFiles, collectFiles } from './collect-files.ts';

/** A document that was never saved has no file; it is followed as it is. */
export async function onlyFile(root: Uri): Promise<CollectedFiles> {
  const found = await Promise.resolve(workspace.fs.stat(root)).catch(() => null);
  if (found === null) return { files: [], problems: [] };
  const { size, mtime } = found;
  return { files: [{ path: nameOf(root), size, version: `${mtime} ${size}` }], problems: [] };
}

/** The last part of a path. */
export function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** Gives a folder that the editor reads, for `collectFiles`. */
export function folderOf(root: Uri): Parameters<typeof collectFiles>[0] {
  const at = (path: string): Uri => (path === '' ? root : Uri.joinPath(root, path));
  return {
    list: async (path) => {
      const members = await workspace.fs.readDirectory(at(path));
      return members
        .filter(([, type]) => (type & FileType.SymbolicLink) === 0)
        .map(([name, type]) => ({ name, isFolder: type === FileType.Directory }));
    },
    stat: async (path) => workspace.fs.stat(at(path)),
  };
}
