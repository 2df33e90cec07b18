import { type Counters, readCounters } from './counters.ts';
import { readListedExtras } from './listed-extras.ts';
import { normalizeMatchValue } from './match-value.ts';
import { OptionList, type RuleBody } from './rule-body.ts';

/** The columns of a rule as `iptables -L` lists it. */
export interface ListedColumns {
  readonly counters: Counters | null;
  /** A counter is written as `12K`. */
  readonly isRounded: boolean;
  readonly target: string | null;
  readonly protocol: string;
  readonly fragment: string;
  readonly in: string;
  readonly out: string;
  readonly source: string;
  readonly destination: string;
  /** What extensions print after the columns. */
  readonly extras: string;
}

/** Longer lines are no listing: the columns are short. */
const PROTOCOL =
  /^!?(?:all|any|\d{1,3}|tcp|udp|udplite|icmp|icmpv6|ipv6-icmp|esp|ah|sctp|gre|ipencap|ipv6|igmp|mh|dccp|[a-z][a-z0-9-]{0,15})$/;
const FRAGMENT = /^(?:--|-f|!f)$/;
const COUNT = /^\d+[KMGT]?$/;

/**
 * Splits a rule of `iptables -L` into its columns, or gives null where the text is none: `[num]
 * [pkts bytes] [target] prot opt [in out] source destination …`. What is in brackets depends on the
 * options of the listing and of the rule; `opt` is blank for IPv6 before 1.8.9.
 */
export function listedColumns(text: string): ListedColumns | null {
  const words = text.split(/[ \t]+/, 16).filter((word) => word !== '');
  let numbers = 0;
  while (numbers < 3 && COUNT.test(words[numbers] ?? '')) numbers++;
  // A rule without a target leaves its column blank, and a bare `0` may be the protocol.
  for (const leading of [numbers, numbers - 1]) {
    if (leading < 0) continue;
    for (const targets of [1, 0]) {
      const at = leading + targets;
      const columns = columnsFrom(text, words, leading, at, targets === 1);
      if (columns !== null) return columns;
    }
  }
  return null;
}

function columnsFrom(
  text: string,
  words: readonly string[],
  numbers: number,
  protocolAt: number,
  hasTarget: boolean,
): ListedColumns | null {
  const protocol = words[protocolAt];
  if (protocol === undefined || !PROTOCOL.test(protocol)) return null;
  const hasFragment = FRAGMENT.test(words[protocolAt + 1] ?? '');
  const next = protocolAt + (hasFragment ? 2 : 1);
  const isVerbose = numbers >= 2;
  const addresses = next + (isVerbose ? 2 : 0);
  const [source, destination] = words.slice(addresses, addresses + 2);
  if (!isAddress(source) || !isAddress(destination)) return null;
  if (!hasFragment && !source.includes(':')) return null;
  const counts = isVerbose ? words.slice(numbers - 2, numbers) : [];
  return {
    counters: isVerbose ? readCounters(counts[0] ?? '', counts[1] ?? '') : null,
    isRounded: counts.some((count) => /[KMGT]$/.test(count)),
    target: hasTarget ? (words[protocolAt - 1] as string) : null,
    protocol,
    fragment: hasFragment ? (words[protocolAt + 1] as string) : '--',
    in: isVerbose ? (words[next] as string) : '*',
    out: isVerbose ? (words[next + 1] as string) : '*',
    source,
    destination,
    extras: restAfterWords(text, addresses + 2),
  };
}

/** Addresses are numbers with `-n`, names without: `anywhere`, `localhost`. */
function isAddress(word: string | undefined): word is string {
  return word !== undefined && /^!?[0-9A-Za-z][\w.:/-]*$|^!?::/.test(word);
}

function restAfterWords(text: string, count: number): string {
  let at = 0;
  for (let word = 0; word <= count; word++) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    if (word === count) break;
    while (at < text.length && text[at] !== ' ' && text[at] !== '\t') at++;
  }
  return text.slice(at);
}

/**
 * Reads what a rule of `iptables -L` says.
 *
 * @example
 * readListedRule('3 180 REDIRECT 6 -- * * 0.0.0.0/0 0.0.0.0/0 redir ports 15006').targetOptions
 * // { 'to-ports': '15006' }
 */
export function readListedRule(text: string): RuleBody {
  const columns = listedColumns(text);
  const match = new OptionList();
  const targetOptions = new OptionList();
  if (columns === null) {
    return { match: {}, target: null, goto: false, targetOptions: {}, counters: null, doubts: [] };
  }
  addColumn(match, 'src', columns.source, ['0.0.0.0/0', '::/0', 'anywhere']);
  addColumn(match, 'dst', columns.destination, ['0.0.0.0/0', '::/0', 'anywhere']);
  addColumn(match, 'in', columns.in, ['*', 'any']);
  addColumn(match, 'out', columns.out, ['*', 'any']);
  addColumn(match, 'protocol', columns.protocol, ['all', '0']);
  if (columns.fragment !== '--')
    match.add(columns.fragment === '!f' ? '!fragment' : 'fragment', '');
  const goesTo = readListedExtras(columns.extras, match, targetOptions);
  return {
    match: match.all(),
    target: columns.target,
    goto: goesTo,
    targetOptions: targetOptions.all(),
    counters: columns.counters,
    doubts: [],
  };
}

function addColumn(match: OptionList, key: string, text: string, any: readonly string[]): void {
  const value = text.startsWith('!') ? text.slice(1) : text;
  if (text === value && any.includes(value)) return;
  match.add(text === value ? key : `!${key}`, normalizeMatchValue(key, value));
}
