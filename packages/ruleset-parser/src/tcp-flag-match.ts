/** The order in which flags are written: that of the header, from its lowest bit. */
const FLAGS: readonly string[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECN', 'CWR'];
const ALL = FLAGS.join(',');

/**
 * Writes a condition on TCP flags as `SET/MASK`: of the flags in MASK, exactly those in SET are set.
 *
 * @param set flags separated by commas, in any case and order; `NONE` and `ALL` as in iptables.
 * @param mask the same.
 * @example
 * formatFlagMatch('syn', 'fin,syn,rst,ack') // 'SYN/FIN,SYN,RST,ACK'
 */
export function formatFlagMatch(set: string, mask: string): string {
  return `${canonicalFlags(set)}/${canonicalFlags(mask)}`;
}

/**
 * Writes nft's `tcp flags rst`, which is met by any one of the flags; one flag alone is `RST/RST`.
 *
 * @example
 * formatAnyFlag('fin,rst') // 'any of FIN,RST'
 */
export function formatAnyFlag(flags: string): string {
  const list = canonicalFlags(flags);
  return list.includes(',') ? `any of ${list}` : `${list}/${list}`;
}

/**
 * Writes nft's `tcp flags == ack`, which compares every flag.
 *
 * @example
 * formatExactFlags('ack') // 'ACK/FIN,SYN,RST,PSH,ACK,URG,ECN,CWR'
 */
export function formatExactFlags(flags: string): string {
  return formatFlagMatch(flags, ALL);
}

/**
 * Says whether a segment with exactly these flags meets a condition on TCP flags, or null where the
 * condition is in words that it does not know.
 *
 * @example
 * meetsFlags('SYN/FIN,SYN,RST,ACK', ['RST']) // false
 */
export function meetsFlags(condition: string, flags: readonly string[]): boolean | null {
  if (condition.startsWith('any of ')) {
    return condition
      .slice(7)
      .split(',')
      .some((flag) => flags.includes(flag));
  }
  const slash = condition.indexOf('/');
  if (slash < 0) return null;
  const set = namesOf(condition.slice(0, slash));
  const mask = namesOf(condition.slice(slash + 1));
  if (![...set, ...mask].every((flag) => FLAGS.includes(flag))) return null;
  return FLAGS.every((flag) => !mask.includes(flag) || flags.includes(flag) === set.includes(flag));
}

function namesOf(list: string): readonly string[] {
  return list === 'NONE' ? [] : list.split(',');
}

function canonicalFlags(text: string): string {
  const words = text
    .toUpperCase()
    .split(/[,|\s()]+/)
    .filter((word) => word !== '');
  if (words.includes('ALL')) return FLAGS.slice(0, 6).join(',');
  const names = words.map((word) => (word === 'ECE' ? 'ECN' : word));
  const flags = FLAGS.filter((flag) => names.includes(flag));
  const unknown = names.filter(
    (word) => !FLAGS.includes(word) && word !== 'NONE' && word !== '0X0',
  );
  return [...flags, ...unknown].join(',') || 'NONE';
}
