const PREFIX = '/proc/sys/';

/**
 * Brings a setting's name to the form that sysctl(8) prints: `/proc/sys/net/ipv4/x`, `net/ipv4/x` and
 * `net.ipv4.x` are `net.ipv4.x`. Where the name has slashes, a dot in it is part of a word and becomes
 * a slash, as sysctl does with an interface `eth0.100`.
 *
 * @example
 * normalizeSysctlKey('/proc/sys/net/ipv4/conf/eth0.100/rp_filter') // 'net.ipv4.conf.eth0/100.rp_filter'
 */
export function normalizeSysctlKey(name: string): string {
  const isPath = name.startsWith(PREFIX);
  const path = isPath ? name.slice(PREFIX.length) : name;
  const slash = path.indexOf('/');
  const dot = path.indexOf('.');
  // The separator that comes first says which form it is; a path says so itself.
  if (!isPath && (slash < 0 || (dot >= 0 && dot < slash))) return path;
  let key = '';
  for (const character of path)
    key += character === '/' ? '.' : character === '.' ? '/' : character;
  return key;
}
