/** IANA protocol numbers that conntrack tracks by name. */
export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const DCCP = 33;
export const GRE = 47;
const ICMPV6 = 58;
export const SCTP = 132;
const UDPLITE = 136;

/** Every name that libnetfilter_conntrack and /proc print; all else is `unknown`. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['tcp', TCP],
  ['udp', UDP],
  ['icmp', ICMP],
  ['icmpv6', ICMPV6],
  ['sctp', SCTP],
  ['dccp', DCCP],
  ['gre', GRE],
  ['udplite', UDPLITE],
]);

const NAMES: ReadonlyMap<number, string> = new Map(
  [...NUMBERS].map(([name, number]) => [number, name]),
);

/**
 * Gives the number of a protocol that conntrack knows by name, or -1.
 *
 * @example
 * protocolNumber('tcp') // 6
 */
export function protocolNumber(name: string): number {
  return NUMBERS.get(name) ?? -1;
}

/**
 * Gives the name of a protocol as conntrack prints it.
 *
 * @example
 * protocolName(50) // 'unknown'
 */
export function protocolName(number: number): string {
  return NAMES.get(number) ?? 'unknown';
}

/** Says whether the tuples of a protocol carry `type`, `code` and `id`. */
export function isIcmp(protocol: number): boolean {
  return protocol === ICMP || protocol === ICMPV6;
}

/** Says whether the tuples of a protocol always carry `sport` and `dport`. */
export function hasPorts(protocol: number): boolean {
  return protocolName(protocol) !== 'unknown' && !isIcmp(protocol) && protocol !== GRE;
}
