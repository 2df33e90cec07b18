/**
 * The files of the sample incident. They are named here because an extension in a browser can read its
 * own files, but not list them.
 */
export const SAMPLE_FILES: readonly string[] = [
  '1-established/conntrack-L.txt',
  '1-established/date.txt',
  '1-established/nstat-zas.txt',
  '1-established/ss-naoep.txt',
  '3-conntrack-expired/conntrack-L.txt',
  '3-conntrack-expired/date.txt',
  '3-conntrack-expired/nstat-zas.txt',
  '3-conntrack-expired/ss-naoep.txt',
  '5-leaked-fin-wait-2/conntrack-L.txt',
  '5-leaked-fin-wait-2/date.txt',
  '5-leaked-fin-wait-2/nstat-zas.txt',
  '5-leaked-fin-wait-2/ss-naoep.txt',
  '6-reconnect-0.4s/conntrack-L.txt',
  '6-reconnect-0.4s/date.txt',
  '6-reconnect-0.4s/nstat-zas.txt',
  '6-reconnect-0.4s/ss-naoep.txt',
  'conntrack-E.txt',
  'dmesg-T.txt',
  'eth0.pcap',
  'iptables-save.txt',
  'lo.pcap',
  'sysctl.txt',
  'tcpdump-eth0.txt',
  'tcpdump-lo.txt',
  'uname-a.txt',
];

/** A name in a folder of the sample. */
export interface SampleMember {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * Lists a folder of the sample; null where there is none of this path.
 *
 * @example
 * listSample('1-established')?.[0] // { name: 'conntrack-L.txt', isFolder: false }
 */
export function listSample(path: string): SampleMember[] | null {
  const prefix = path === '' ? '' : `${path}/`;
  const inside = SAMPLE_FILES.filter((file) => file.startsWith(prefix));
  if (inside.length === 0) return null;
  const members = new Map<string, boolean>();
  for (const file of inside) {
    const [name = '', ...rest] = file.slice(prefix.length).split('/');
    members.set(name, rest.length > 0);
  }
  return [...members].map(([name, isFolder]) => ({ name, isFolder }));
}
