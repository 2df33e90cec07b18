/** A file of a folder. */
export interface FoundFile {
  /** Name from the folder on, `/` between. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Changes when the content does. */
  readonly version: string;
}

/** What is read of a file system; paths from the folder on, the folder itself is the empty path. */
export interface Folder {
  /** The names in a folder; links are left out. */
  list(path: string): Promise<readonly { name: string; isFolder: boolean }[]>;
  stat(path: string): Promise<{ size: number; mtime: number }>;
}

/** The files of an incident, and why some that may belong to it are not among them. */
export interface CollectedFiles {
  readonly files: readonly FoundFile[];
  readonly problems: readonly FileProblem[];
}

/** A file or folder that was passed over. */
export interface FileProblem {
  readonly path: string;
  readonly why: 'deep' | 'many' | 'unreadable';
}

/** A folder deeper than this is no incident. */
const MAX_DEPTH = 12;

/** More files than this are no incident. */
const MAX_FILES = 2000;

/** What has another ending is no capture: programs, pictures, documents. */
const ENDINGS = new Set(
  'txt log md markdown out err stdout stderr json xml conf rules pcap pcapng cap dump save csv gz xz zst tar tgz txz zip'.split(
    ' ',
  ),
);

/**
 * Lists the files of a folder that may be captures, folders inside it too, in natural order. Hidden
 * folders and `node_modules` are passed over.
 */
export async function collectFiles(folder: Folder): Promise<CollectedFiles> {
  const files: FoundFile[] = [];
  const problems: FileProblem[] = [];

  const visit = async (path: string, depth: number): Promise<void> => {
    const members = await folder.list(path).catch(() => null);
    if (members === null) {
      problems.push({ path, why: 'unreadable' });
      return;
    }
    for (const { name, isFolder } of [...members].sort(naturally)) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (isFolder) {
        if (name.startsWith('.') || name === 'node_modules') continue;
        if (depth >= MAX_DEPTH) problems.push({ path: inner, why: 'deep' });
        else await visit(inner, depth + 1);
      } else if (mayBeCaptureName(name)) {
        if (files.length >= MAX_FILES) {
          if (problems.at(-1)?.why !== 'many') problems.push({ path, why: 'many' });
          return;
        }
        await add(inner);
      }
    }
  };

  const add = async (path: string): Promise<void> => {
    const found = await folder.stat(path).catch(() => null);
    if (found === null) problems.push({ path, why: 'unreadable' });
    else files.push({ path, size: found.size, version: `${found.mtime} ${found.size}` });
  };

  await visit('', 0);
  return { files, problems };
}

/**
 * Whether a file may be a capture by its name: `ss`, `ss.txt`, `dmesg.1`, `eth0.pcap`, not `main.ts`.
 *
 * @example
 * mayBeCaptureName('conntrack-L.txt') // true
 */
export function mayBeCaptureName(name: string): boolean {
  if (name.startsWith('.')) return false;
  const dot = name.lastIndexOf('.');
  const ending = name.slice(dot + 1).toLowerCase();
  return dot < 0 || /^\d/.test(ending) || ENDINGS.has(ending);
}

function naturally(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}
