/** Where a file stands in an incident, told from its path alone. */
export interface Layout {
  /** The folder of the network namespace that the file belongs to. */
  readonly root: string;
  /** The snapshot's folder below it (`6-reconnect`), or empty where there is none. */
  readonly stage: string;
  /** The network namespace that the layout names, or null. */
  readonly namespace: string | null;
}

/** Folders of snapshots: numbered, called so, or named by a time. */
const STAGE =
  /^(?:\d{1,4}[-_. ].*|\d{1,4}|(?:stage|snap|snapshot|step|sample)[-_ ]?\d.*|\d{8}[-_T]?\d{4,6}.*|\d{4}-\d\d-\d\d[-_T ]\d\d.*)$/i;

/** Folders that a sosreport has at its top. */
const SOS_TOP = new Set(['sos_commands', 'proc', 'sys', 'etc', 'var', 'sos_logs']);

/** `sos_commands/networking/namespaces/NS/ip_netns_exec_NS_ss_-peaonmi` and its like. */
const SOS_NAMESPACE = /(?:^|\/)namespaces\/([^/]+)\//;

/** `proxies/NS/POD/netstat` and `istio/NS/POD/…` of `istioctl bug-report`. */
const BUG_REPORT = /^(.*?(?:^|\/)(?:proxies|istio)\/([^/]+)\/([^/]+))\//;

/**
 * Tells from a file's path which namespace and which snapshot it belongs to: numbered stage folders,
 * a sosreport with its network namespaces, an `istioctl bug-report`; else its folder.
 *
 * @example
 * layoutOf('case1/6-reconnect/ss.txt') // { root: 'case1', stage: '6-reconnect', namespace: null }
 */
export function layoutOf(path: string): Layout {
  const parts = path.split('/').slice(0, -1);
  const top = parts.findIndex((part) => SOS_TOP.has(part));
  const isSos = top >= 0 && (path.includes('sos_commands/') || /(?:^|\/)sosreport/.test(path));
  if (isSos) {
    const namespace = SOS_NAMESPACE.exec(path)?.[1] ?? null;
    return { root: parts.slice(0, top).join('/'), stage: '', namespace };
  }
  const proxy = BUG_REPORT.exec(path);
  if (proxy !== null) {
    return { root: proxy[1] as string, stage: '', namespace: `${proxy[2]}/${proxy[3]}` };
  }
  const last = parts.at(-1);
  if (last !== undefined && STAGE.test(last)) {
    return { root: parts.slice(0, -1).join('/'), stage: last, namespace: null };
  }
  return { root: parts.join('/'), stage: '', namespace: null };
}
