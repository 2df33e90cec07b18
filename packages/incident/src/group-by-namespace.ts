import type { Capture, CaptureKind } from './capture.ts';
import { isEventLog } from './is-event-log.ts';
import { layoutOf } from './layout.ts';

/** Captures of one network namespace. */
export interface NamespaceGroup {
  /** What tells it from the others, or null where there is only one. */
  readonly namespace: string | null;
  readonly captures: readonly Capture[];
}

/** What shows the inside of a namespace; two folders that both have one are two namespaces. */
const INSIDE = new Set<CaptureKind>(['ss', 'conntrack', 'tcpdump', 'pcap']);

/** What is true of the node, and so of all namespaces on it. */
const OF_THE_NODE = new Set<CaptureKind>(['uname', 'log']);

/** The captures of one folder. */
interface Folder {
  readonly root: string;
  /** The namespace that the layout names. */
  readonly namespace: string | null;
  readonly captures: Capture[];
}

/**
 * Divides captures by the network namespace that they are about, told from their folders: folders
 * beside each other that both list sockets are two namespaces; folders that divide by kind of file
 * (`sockets/`, `table/`) are one; what a node has above or beside its namespaces (uname, the kernel
 * log) belongs to each. No capture is left out; each group keeps their order.
 *
 * @example
 * groupByNamespace(captures).map(({ namespace }) => namespace) // ['pod-a', 'pod-b']
 */
export function groupByNamespace(captures: readonly Capture[]): NamespaceGroup[] {
  const folders = byFolder(captures);
  const inside = mergedByKind(folders.filter(({ captures: its }) => insideKinds(its).size > 0));
  if (inside.length <= 1) return captures.length === 0 ? [] : [{ namespace: null, captures }];
  const shown = new Set(inside.flatMap((folder) => folder.captures));
  const others = folders.filter(({ captures: its }) => !its.some((capture) => shown.has(capture)));
  const apart = others.flatMap((other) => handOut(other, inside));
  for (const folder of inside) shareNode(folder, inside);
  const order = new Map(captures.map((capture, i) => [capture, i]));
  return withNames([...inside, ...apart]).map(({ namespace, captures: its }) => ({
    namespace,
    captures: [...new Set(its)].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
  }));
}

function byFolder(captures: readonly Capture[]): Folder[] {
  const folders = new Map<string, Folder>();
  for (const capture of captures) {
    const { root, namespace } = layoutOf(capture.path);
    const key = `${root}\n${namespace ?? ''}`;
    const folder = folders.get(key) ?? { root, namespace, captures: [] };
    folder.captures.push(capture);
    folders.set(key, folder);
  }
  return [...folders.values()];
}

/** What these captures show of a namespace's inside; events and a listing are two things. */
function insideKinds(captures: readonly Capture[]): Set<string> {
  const kinds = new Set<string>();
  for (const { content } of captures) {
    if (!INSIDE.has(content.kind)) continue;
    kinds.add(content.kind === 'conntrack' && isEventLog(content.table) ? 'events' : content.kind);
  }
  return kinds;
}

/** Joins folders of one parent, or a folder and one below it, that show different things. */
function mergedByKind(folders: readonly Folder[]): Folder[] {
  const merged: (Folder & { readonly kinds: Set<string> })[] = [];
  for (const folder of folders) {
    const kinds = insideKinds(folder.captures);
    const partner = merged.find(
      (other) => isNear(folder, other) && ![...kinds].some((kind) => other.kinds.has(kind)),
    );
    if (partner === undefined) merged.push({ ...folder, captures: [...folder.captures], kinds });
    else {
      partner.captures.push(...folder.captures);
      for (const kind of kinds) partner.kinds.add(kind);
    }
  }
  return merged;
}

function isNear(a: Folder, b: Folder): boolean {
  if (a.namespace !== null || b.namespace !== null) return false;
  const [above, beside] = [parentOf(a.root), parentOf(b.root)];
  return above === beside || above === b.root || beside === a.root;
}

/**
 * Gives a folder that shows no inside to the namespaces that it lies above, or to the one that it
 * lies in; from any other only what is the node's, so that the rest of it is a group of its own.
 */
function handOut(folder: Folder, inside: readonly Folder[]): Folder[] {
  const below = inside.filter((inner) => contains(folder, inner));
  const above = inside.find((outer) => contains(outer, folder));
  const owners = below.length > 0 ? below : above === undefined ? [] : [above];
  for (const owner of owners) owner.captures.push(...folder.captures);
  if (owners.length > 0) return [];
  for (const owner of inside) owner.captures.push(...ofTheNode(folder.captures));
  const rest = folder.captures.filter(({ content }) => !OF_THE_NODE.has(content.kind));
  return rest.length === 0 ? [] : [{ ...folder, captures: rest }];
}

/** A node's own namespace (a sosreport's) lies above those of its pods, and its kernel is theirs. */
function shareNode(outer: Folder, inside: readonly Folder[]): void {
  const shared = ofTheNode(outer.captures);
  for (const inner of inside) {
    if (inner === outer || !contains(outer, inner)) continue;
    inner.captures.push(...shared);
  }
}

function ofTheNode(captures: readonly Capture[]): Capture[] {
  return captures.filter(({ content }) => OF_THE_NODE.has(content.kind));
}

function contains(outer: Folder, inner: Folder): boolean {
  if (outer.root === inner.root) return outer.namespace === null && inner.namespace !== null;
  return outer.root === '' || inner.root.startsWith(`${outer.root}/`);
}

/** Names each group by its namespace, or by its folder below the one that all have in common. */
function withNames(folders: readonly Folder[]): NamespaceGroup[] {
  const common = commonFolder(folders.map(({ root }) => root));
  const names = folders.map(
    ({ root, namespace }) => namespace ?? (root.slice(common.length) || root),
  );
  return folders.map(({ root, captures }, i) => {
    const name = names[i] as string;
    const isUnique = names.indexOf(name) === names.lastIndexOf(name);
    return { namespace: isUnique ? name : `${root}#${name}`, captures };
  });
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

/** The folders that all roots have in common, with the last `/`. */
function commonFolder(roots: readonly string[]): string {
  const parts = roots.map((root) => root.split('/'));
  const first = parts[0] ?? [];
  let depth = 0;
  while (depth < first.length && parts.every((names) => names[depth] === first[depth])) depth++;
  return depth === 0 ? '' : `${first.slice(0, depth).join('/')}/`;
}
