import type { AddressBook, AddressNumber } from '../conntrack/address-book.ts';
import { TrackerError } from '../tracker-error.ts';
import type { NatHook, NatMatch, NatRule, PortRange } from './nat-rule.ts';
import { type Prefix, readPrefix } from './prefix.ts';

/** A match in numbers; null fits all. */
export interface CompiledMatch {
  readonly src: Prefix | null;
  readonly dst: Prefix | null;
  readonly sport: readonly [number, number] | null;
  readonly dport: readonly [number, number] | null;
  readonly interface: string | null;
  readonly owner: number | null;
}

/** A rule in numbers. */
export interface CompiledRule {
  readonly hook: NatHook;
  readonly match: CompiledMatch;
  readonly except: readonly CompiledMatch[];
  readonly kind: NatRule['action']['kind'];
  /** null: the address stays, or is loopback for a redirect at output. */
  readonly address: AddressNumber | null;
  readonly ports: readonly [number, number] | null;
}

const HOOKS: Readonly<Record<NatRule['action']['kind'], readonly NatHook[]>> = {
  accept: ['prerouting', 'output', 'postrouting'],
  redirect: ['prerouting', 'output'],
  dnat: ['prerouting', 'output'],
  snat: ['postrouting'],
  masquerade: ['postrouting'],
};

/**
 * Compiles NAT rules once.
 *
 * @throws {TrackerError} `bad-nat-rule` for a rule that contradicts itself: an action at a hook that
 * cannot have it, an address of another family than its match, a range that ends before it begins.
 */
export function compileRules(rules: readonly NatRule[], book: AddressBook): CompiledRule[] {
  return rules.map((rule, i) => compileRule(rule, `nat[${i}]`, book));
}

function compileRule(rule: NatRule, where: string, book: AddressBook): CompiledRule {
  const { hook, action } = rule;
  const hooks = HOOKS[action.kind];
  if (hooks === undefined) {
    throw bad(`${where}.action.kind`, action.kind, `one of ${Object.keys(HOOKS).join(', ')}`);
  }
  if (!hooks.includes(hook)) {
    throw bad(`${where}.hook`, hook, `one of ${hooks.join(', ')} for ${action.kind}`);
  }
  const match = compileMatch(rule.match ?? {}, `${where}.match`, hook, book);
  const except = (rule.except ?? []).map((one, i) =>
    compileMatch(one, `${where}.except[${i}]`, hook, book),
  );
  const address = 'address' in action ? readAddress(action.address, where, book) : null;
  const family = match.src?.family ?? match.dst?.family;
  if (address !== null && family !== undefined && family !== address.family) {
    throw bad(
      `${where}.action.address`,
      'address' in action ? action.address : null,
      `an address of IPv${family}, as its match`,
    );
  }
  const port = 'port' in action ? action.port : undefined;
  const ports = compilePorts(port, `${where}.action.port`, 1);
  return { hook, match, except, kind: action.kind, address, ports };
}

function compileMatch(
  match: NatMatch,
  where: string,
  hook: NatHook,
  book: AddressBook,
): CompiledMatch {
  if (match.owner !== undefined && hook !== 'output') {
    throw bad(`${where}.owner`, match.owner, `no owner at ${hook}`);
  }
  const src = compilePrefix(match.src, `${where}.src`, book);
  const dst = compilePrefix(match.dst, `${where}.dst`, book);
  if (src !== null && dst !== null && src.family !== dst.family) {
    throw bad(`${where}.dst`, match.dst, `an address of IPv${src.family}, as src`);
  }
  return {
    src,
    dst,
    sport: compilePorts(match.sport, `${where}.sport`, 0),
    dport: compilePorts(match.dport, `${where}.dport`, 0),
    interface: match.interface ?? null,
    owner: match.owner ?? null,
  };
}

function compilePrefix(text: string | undefined, where: string, book: AddressBook): Prefix | null {
  if (text === undefined) return null;
  const prefix = readPrefix(text, book);
  if (prefix === null) throw bad(where, text, 'an address or a prefix as 10.30.0.0/16');
  return prefix;
}

function compilePorts(
  ports: PortRange | undefined,
  where: string,
  least: number,
): readonly [number, number] | null {
  if (ports === undefined) return null;
  const [first, last] = typeof ports === 'number' ? [ports, ports] : ports;
  const isPort = (port: number): boolean =>
    Number.isInteger(port) && port >= least && port <= 65_535;
  if (!isPort(first) || !isPort(last) || first > last) {
    throw bad(where, ports, `a port from ${least} to 65535, or the first and last of a range`);
  }
  return [first, last];
}

function readAddress(
  text: string | undefined,
  where: string,
  book: AddressBook,
): AddressNumber | null {
  if (text === undefined) return null;
  const address = book.read(text);
  if (address === null) throw bad(`${where}.action.address`, text, 'an IPv4 or IPv6 address');
  return address;
}

function bad(field: string, value: unknown, expected: string): TrackerError {
  return new TrackerError('bad-nat-rule', field, value, expected);
}
