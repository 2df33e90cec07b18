/** Where a tool may read: what is open already, and the workspace. */
export interface ReadablePlaces {
  /** Paths of the incidents that are open. */
  readonly open: readonly string[];
  /** Paths of the workspace's folders. */
  readonly folders: readonly string[];
}

/** An incident that is open, or a path in a folder of the workspace; each folder by its number. */
export type ResolvedIncident =
  | { readonly open: number }
  | { readonly folder: number; readonly path: string };

/**
 * Finds the incident that a language model means by a name. Nothing outside the workspace and the
 * incidents that a person opened is ever meant.
 *
 * @param wanted a path in the workspace, or the path or last name of an open incident; the only open
 * one, or else the workspace's only folder, where it is left out.
 * @throws with what there is, where nothing is meant.
 * @example
 * resolveIncident('dump', { open: [], folders: ['/w'] }) // { folder: 0, path: 'dump' }
 */
export function resolveIncident(
  wanted: string | undefined,
  { open, folders }: ReadablePlaces,
): ResolvedIncident {
  if (wanted === undefined || wanted.trim() === '') {
    if (open.length === 1) return { open: 0 };
    if (open.length === 0 && folders.length === 1) return { folder: 0, path: '' };
    throw new Error(`Name an incident. ${listed(open, folders)}`);
  }
  const path = wanted.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
  const isOpen = open.findIndex((known) => known === path || lastName(known) === path);
  if (isOpen >= 0) return { open: isOpen };
  for (const [folder, root] of folders.entries()) {
    if (path === root || path === '.') return { folder, path: '' };
    if (path.startsWith(`${root}/`)) return inside(folder, path.slice(root.length + 1), wanted);
  }
  if (path.startsWith('/') || folders.length === 0) {
    throw new Error(`"${wanted}" lies in no open folder. ${listed(open, folders)}`);
  }
  const [first = '', ...rest] = path.split('/');
  const named = folders.findIndex((root) => lastName(root) === first);
  return folders.length > 1 && named >= 0
    ? inside(named, rest.join('/'), wanted)
    : inside(0, path, wanted);
}

function inside(folder: number, path: string, wanted: string): ResolvedIncident {
  if (path.split('/').includes('..')) throw new Error(`"${wanted}" leads out of the workspace.`);
  return { folder, path };
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function listed(open: readonly string[], folders: readonly string[]): string {
  const all = [...new Set([...open, ...folders])];
  return all.length === 0
    ? 'No incident and no folder is open.'
    : `There are: ${all.join(', ')}, and the folders and archives in them.`;
}
