import type { Capture, CaptureKind } from './capture.ts';
import { layoutOf } from './layout.ts';

/** Captures of one network namespace. */
export interface NamespaceGroup {
  /** What tells it from the others, or null where there is only one. */
  readonly namespace: string | null;
  readonly captures: readonly Capture[];
}

/** What shows the inside of a namespace; two folders that both have one are two namespaces. */
const INSIDE = new Set<CaptureKind>(['ss', 'conntrack', 'tcpdump']);

/** What lies above several namespaces, in the node's folder, and is true of all of them. */
const OF_THE_NODE = new Set<CaptureKind>(['uname', 'log']);

interface Group {
  readonly root: string;
  readonly namespace: string | null;
  captures: Capture[];
}

/**
 * Divides captures by the network namespace that they are about, told from their folders: folders
 * beside each other that both list sockets are two namespaces; folders that divide by kind of file
 * (`sockets/`, `kernel/`) are one; what a node has above its namespaces (uname, the kernel log)
 * belongs to each.
 *
 * @example
 * groupByNamespace(captures).map(({ namespace }) => namespace) // ['pod-a', 'pod-b']
 */
export function groupByNamespace(captures: readonly Capture[]): NamespaceGroup[] {
  const groups = mergeSiblings(byFolder(captures));
  const inside = groups.filter(showsInside);
  if (inside.length <= 1) return captures.length === 0 ? [] : [{ namespace: null, captures }];
  for (const outer of groups) {
    for (const inner of inside) {
      if (inner === outer || !contains(outer, inner)) continue;
      const isNode = inside.includes(outer);
      const shared = outer.captures.filter((c) => !isNode || OF_THE_NODE.has(c.content.kind));
      inner.captures = [...inner.captures, ...shared];
    }
  }
  const common = commonFolder(inside.map(({ root }) => root));
  return inside.map(({ root, namespace, captures: members }) => ({
    namespace: [root.slice(common.length), namespace].filter(Boolean).join('#') || root,
    captures: members,
  }));
}

function byFolder(captures: readonly Capture[]): Group[] {
  const groups = new Map<string, Group>();
  for (const capture of captures) {
    const { root, namespace } = layoutOf(capture.path);
    const key = `${root}\n${namespace ?? ''}`;
    const group = groups.get(key) ?? { root, namespace, captures: [] };
    group.captures.push(capture);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Joins folders of one parent, or a folder and one below it, that share no kind from inside. */
function mergeSiblings(groups: readonly Group[]): Group[] {
  const merged: Group[] = [];
  for (const group of groups) {
    const partner = merged.find(
      (other) =>
        group.namespace === null &&
        other.namespace === null &&
        (parentOf(other.root) === parentOf(group.root) ||
          parentOf(group.root) === other.root ||
          parentOf(other.root) === group.root) &&
        !sharesKind(other, group),
    );
    if (partner === undefined) merged.push({ ...group, captures: [...group.captures] });
    else partner.captures.push(...group.captures);
  }
  return merged;
}

function sharesKind(a: Group, b: Group): boolean {
  const kinds = (group: Group): CaptureKind[] =>
    group.captures.map(({ content }) => content.kind).filter((kind) => INSIDE.has(kind));
  const mine = new Set(kinds(a));
  return kinds(b).some((kind) => mine.has(kind));
}

function showsInside({ captures }: Group): boolean {
  return captures.some(({ content }) => INSIDE.has(content.kind));
}

function contains(outer: Group, inner: Group): boolean {
  if (outer.root === inner.root) return outer.namespace === null && inner.namespace !== null;
  return outer.root === '' || inner.root.startsWith(`${outer.root}/`);
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

/** The folders that all roots have in common, with the last `/`. */
function commonFolder(roots: readonly string[]): string {
  const first = roots[0]?.split('/') ?? [];
  let depth = 0;
  while (depth < first.length && roots.every((root) => root.split('/')[depth] === first[depth])) {
    depth++;
  }
  return depth === 0 ? '' : `${first.slice(0, depth).join('/')}/`;
}
