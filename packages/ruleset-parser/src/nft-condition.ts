import { normalizeMatchValue } from './match-value.ts';
import type { OptionList } from './rule-body.ts';
import { formatAnyFlag, formatExactFlags, formatFlagMatch } from './tcp-flag-match.ts';

/** What nft looks at, in the names that iptables has for the same. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['l4proto', 'protocol'],
  ['ip protocol', 'protocol'],
  ['ip6 nexthdr', 'protocol'],
  ['ip saddr', 'src'],
  ['ip6 saddr', 'src'],
  ['ip daddr', 'dst'],
  ['ip6 daddr', 'dst'],
  ['iif', 'in'],
  ['iifname', 'in'],
  ['oif', 'out'],
  ['oifname', 'out'],
  ['skuid', 'uid'],
  ['skgid', 'gid'],
  ['ct state', 'ctstate'],
  ['ct mark', 'ctmark'],
  ['mark', 'mark'],
  ['fib daddr type', 'dst-type'],
  ['fib saddr type', 'src-type'],
  ['icmp type', 'icmp-type'],
  ['icmpv6 type', 'icmpv6-type'],
]);

const TRANSPORT_PORT = /^(tcp|udp|udplite|sctp|dccp|th) (sport|dport)$/;

/** A comparison as nft writes it: `tcp flags & (fin | syn) == syn`. */
export interface Comparison {
  readonly selector: string;
  /** The bits looked at, where the text names them. */
  readonly mask: string | null;
  /** `==` where it stands in the text, and where `implied` an empty string. */
  readonly operator: string;
  readonly value: string;
}

/**
 * Gives a selector the name that iptables has for it, where it has one.
 *
 * @example
 * keyOfSelector('oifname') // 'out'
 */
export function keyOfSelector(selector: string): string {
  return KEYS.get(selector) ?? TRANSPORT_PORT.exec(selector)?.[2] ?? selector;
}

/** Adds a comparison to a match, in the vocabulary of iptables where that has one. */
export function addComparison(match: OptionList, comparison: Comparison): void {
  const { selector, mask, operator, value } = comparison;
  const protocol = TRANSPORT_PORT.exec(selector)?.[1] ?? (selector === 'tcp flags' ? 'tcp' : 'th');
  // The kernel looks at a TCP port only in a TCP packet; iptables says so with `-p tcp`.
  if (protocol !== 'th' && !match.has('protocol')) match.add('protocol', protocol);
  if (selector === 'tcp flags') {
    addFlags(match, comparison);
    return;
  }
  const key = keyOfSelector(selector);
  const sign = operator === '!=' || operator === '!' ? '!' : '';
  const relation = '<>'.includes(operator[0] ?? ' ') ? operator : '';
  const masked = mask === null ? value : `${value}/${mask}`;
  const normal = relation + normalizeMatchValue(key, masked);
  // `tcp dport 80 meta l4proto tcp` says the protocol twice.
  if (key === 'protocol' && match.has(sign + key, normal)) return;
  match.add(sign + key, normal);
}

/** `tcp flags syn / fin,syn`, `tcp flags & rst == rst`, `tcp flags rst`, `tcp flags == ack` */
function addFlags(match: OptionList, { mask, operator, value }: Comparison): void {
  const [set = '', slashMask] = value.split(' / ');
  const sign = operator === '!=' || operator === '!' ? '!' : '';
  const key = `${sign}tcp-flags`;
  if (slashMask !== undefined) match.add(key, formatFlagMatch(set, slashMask));
  else if (mask !== null) match.add(key, formatFlagMatch(set, mask));
  else if (operator === '' || operator === '!') match.add(key, formatAnyFlag(set));
  else match.add(key, formatExactFlags(set));
}
