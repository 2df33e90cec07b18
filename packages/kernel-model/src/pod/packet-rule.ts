import type { Tuple } from '@tuplescope/net';
import type { AddressBook } from '../conntrack/address-book.ts';
import type { Ctstate } from '../conntrack/outcome.ts';
import type { NatMatch, PortRange } from '../nat/nat-rule.ts';
import { isUnder, readPrefix } from '../nat/prefix.ts';
import { TrackerError } from '../tracker-error.ts';

/** Where a rule stands: what arrives, what is for this host, what it sends. */
export type PacketHook = 'prerouting' | 'input' | 'output';

/** What a packet must have; a field left out says nothing. */
export interface PacketMatch extends NatMatch {
  /** `-m conntrack --ctstate`: one of these. */
  readonly ctstate?: readonly Ctstate[];
  /** Letters of flags that must all be set. */
  readonly flags?: string;
}

/** A rule of the mangle or filter table that logs, drops or lets through. */
export interface PacketRule {
  readonly hook: PacketHook;
  /** At output `mangle` sees packets before destination NAT, `filter` after it; filter by default. */
  readonly table?: 'mangle' | 'filter';
  readonly match?: PacketMatch;
  /** The rule leaves out what fits any of these: iptables' `!`. */
  readonly except?: readonly PacketMatch[];
  readonly action:
    | { readonly kind: 'log'; readonly prefix: string }
    | { readonly kind: 'drop' }
    | { readonly kind: 'accept' };
}

/**
 * Sends what this host sends to a local port without NAT: mark, policy route and TPROXY in one. The
 * first rule that fits a packet decides.
 */
export interface TproxyRule {
  readonly match?: NatMatch;
  readonly except?: readonly NatMatch[];
  /** Port of the transparent listener; null lets the packet go its way. */
  readonly port: number | null;
}

/** A packet as rules see it. */
export interface RuleView extends Tuple {
  readonly flags: string;
  readonly ctstate: Ctstate;
  readonly interface: string;
  readonly owner: number | null;
}

const HOOKS: readonly PacketHook[] = ['prerouting', 'input', 'output'];
const KINDS: readonly PacketRule['action']['kind'][] = ['log', 'drop', 'accept'];

/**
 * Checks rules that came from outside.
 *
 * @throws {TrackerError} `bad-pod` for a hook, an action, an address or a combination that cannot be.
 */
export function checkRules(rules: readonly PacketRule[], book: AddressBook): void {
  for (const [i, { hook, match, except = [], action }] of rules.entries()) {
    const where = `rules[${i}]`;
    if (!HOOKS.includes(hook)) throw bad(`${where}.hook`, hook, `one of ${HOOKS.join(', ')}`);
    if (!KINDS.includes(action.kind)) {
      throw bad(`${where}.action.kind`, action.kind, `one of ${KINDS.join(', ')}`);
    }
    checkMatch(match ?? {}, `${where}.match`, hook, book);
    for (const [j, one] of except.entries()) checkMatch(one, `${where}.except[${j}]`, hook, book);
  }
}

function checkMatch(match: PacketMatch, where: string, hook: PacketHook, book: AddressBook): void {
  if (match.owner !== undefined && hook !== 'output') {
    throw bad(`${where}.owner`, match.owner, `no owner at ${hook}`);
  }
  for (const field of ['src', 'dst'] as const) {
    const text = match[field];
    if (text !== undefined && readPrefix(text, book) === null) {
      throw bad(`${where}.${field}`, text, 'an address or a prefix as 10.0.0.0/8');
    }
  }
}

function bad(field: string, value: unknown, expected: string): TrackerError {
  return new TrackerError('bad-pod', field, value, expected);
}

/** Says whether a packet has what a rule asks for, and nothing that the rule leaves out. */
export function isMetBy(
  { match = {}, except = [] }: Pick<PacketRule, 'match' | 'except'>,
  view: RuleView,
  book: AddressBook,
): boolean {
  return fits(match, view, book) && !except.some((one) => fits(one, view, book));
}

function fits(match: PacketMatch, view: RuleView, book: AddressBook): boolean {
  return (
    under(match.src, view.src, book) &&
    under(match.dst, view.dst, book) &&
    within(match.sport, view.sport) &&
    within(match.dport, view.dport) &&
    (match.interface === undefined || match.interface === view.interface) &&
    (match.owner === undefined || match.owner === view.owner) &&
    (match.ctstate === undefined || match.ctstate.includes(view.ctstate)) &&
    [...(match.flags ?? '')].every((letter) => view.flags.includes(letter))
  );
}

function under(text: string | undefined, address: string, book: AddressBook): boolean {
  if (text === undefined) return true;
  const prefix = readPrefix(text, book);
  const read = book.read(address);
  return prefix !== null && read !== null && isUnder(prefix, read.family, read.number, book);
}

function within(range: PortRange | undefined, port: number): boolean {
  if (range === undefined) return true;
  const [first, last] = typeof range === 'number' ? [range, range] : range;
  return port >= first && port <= last;
}
