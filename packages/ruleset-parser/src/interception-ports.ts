import { isAnyAddress, isLoopback } from '@tuplescope/net';
import type { SourceSpan } from '@tuplescope/scan';
import type { Rule, RuleOptions } from './rule.ts';
import { optionValues } from './rule-body.ts';
import { type Ruleset, type Visit, walkRules } from './rule-walk.ts';
import { wellKnownPortOfChain, wellKnownPorts } from './well-known-ports.ts';

/** A port whose listener gets traffic that was meant for another. */
export interface InterceptionPort {
  /** `inbound`: what arrives at the host; `outbound`: what its own processes send. */
  readonly direction: 'inbound' | 'outbound';
  /** The port, in host order. */
  readonly port: number;
  /** How the traffic gets there. */
  readonly method: 'dnat' | 'redirect' | 'tproxy';
  /** The protocol that the rules name; null where they name none. */
  readonly protocol: string | null;
  /** The rule that says so; null without rules. */
  readonly from: SourceSpan | null;
  /** The chains that lead to it, the hook's own first. */
  readonly chains: readonly string[];
  /** What does not get there: rules before it that return or accept, at most {@link MAX_EXEMPTIONS}. */
  readonly exemptions: readonly Exemption[];
  /** `rules`: the rules name the port; `well-known`: the port is the default of the proxy. */
  readonly basis: 'rules' | 'well-known';
}

/** Traffic that an interception leaves alone. */
export interface Exemption {
  /** What a packet must be to be left alone. */
  readonly match: RuleOptions;
  /** The rule that says so. */
  readonly from: SourceSpan;
}

/** Exemptions listed for one port; the first ones are kept. */
export const MAX_EXEMPTIONS = 200;

/** Ports that one rule's range is listed as. */
const MAX_RANGE = 64;

interface Flow {
  readonly hook: 'output' | 'prerouting';
  /** The way here needs the loopback interface. */
  readonly isLocal: boolean;
  readonly protocol: string | null;
}

/**
 * Says which ports intercept which traffic: REDIRECT, DNAT to a loopback address and TPROXY, reached
 * by jumps from PREROUTING (inbound) or OUTPUT (outbound). Traffic that leaves by `lo` arrives at the
 * same host, so its redirect is inbound, as Istio's of 15006 is; what arrives by `lo` was sent here.
 * A REDIRECT whose port is not printed (nft's JSON) counts where its chain's name tells the port.
 *
 * @param rules a parsed ruleset, or null where there is none: then the well-known ports of Istio and
 *   Linkerd are given, with `basis: 'well-known'`.
 * @example
 * const table = parseRuleset('*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n');
 * interceptionPorts(table).map(({ direction, port }) => `${direction} ${port}`) // ['outbound 15001']
 */
export function interceptionPorts(rules: Ruleset | null): InterceptionPort[] {
  if (rules === null) return wellKnownPorts();
  const found = new Map<string, InterceptionPort>();
  const exempting = new Map<readonly Rule[], readonly number[]>();
  walkRules<Flow>(rules, {
    isWanted: (rule) => redirectOf(rule) !== null,
    start: (hook) =>
      hook === 'output' || hook === 'prerouting' ? { hook, isLocal: false, protocol: null } : null,
    narrow,
    key: ({ hook, isLocal, protocol }) => `${hook} ${isLocal} ${protocol ?? ''}`,
    visit: (visit) => addPorts(found, exempting, visit),
  });
  return [...found.values()];
}

function narrow(flow: Flow, { match }: Rule): Flow | null {
  const [protocol = flow.protocol] = optionValues(match, 'protocol');
  if (flow.protocol !== null && protocol !== flow.protocol) {
    const isEither = (protocol ?? '').split(',').includes(flow.protocol);
    return isEither ? narrowed(flow, match, flow.protocol) : null;
  }
  return narrowed(flow, match, protocol);
}

function narrowed(flow: Flow, match: RuleOptions, protocol: string | null): Flow {
  const side = flow.hook === 'output' ? 'out' : 'in';
  return { ...flow, protocol, isLocal: flow.isLocal || optionValues(match, side).includes('lo') };
}

function addPorts(
  found: Map<string, InterceptionPort>,
  exempting: Map<readonly Rule[], readonly number[]>,
  visit: Visit<Flow>,
): void {
  const rule = visit.rules[visit.index] as Rule;
  const redirect = redirectOf(rule);
  if (redirect === null) return;
  const { hook, isLocal, protocol } = visit.state;
  const direction = (hook === 'output') === isLocal ? 'inbound' : 'outbound';
  for (const port of redirect.ports) {
    const key = `${direction} ${port} ${redirect.method} ${protocol}`;
    if (found.has(key)) continue;
    found.set(key, {
      direction,
      port,
      method: redirect.method,
      protocol,
      from: rule.source,
      chains: chainsTo(visit),
      exemptions: exemptionsBefore(visit, exempting),
      basis: redirect.basis,
    });
  }
}

type Redirect = Pick<InterceptionPort, 'basis' | 'method'> & { readonly ports: readonly number[] };

function redirectOf(rule: Rule): Redirect | null {
  const { target, targetOptions, chain } = rule;
  if (Object.hasOwn(targetOptions, 'xt')) {
    const port = wellKnownPortOfChain(chain);
    const isOurs = target === null || target === 'REDIRECT' || target === 'TPROXY';
    if (port === null || !isOurs) return null;
    const method = target === 'TPROXY' || chain === 'ISTIO_TPROXY' ? 'tproxy' : 'redirect';
    return { method, ports: [port], basis: 'well-known' };
  }
  const [option = ''] = optionValues(targetOptions, OPTION_OF_TARGET.get(target ?? '') ?? '');
  if (target === 'REDIRECT') return ruled('redirect', option);
  if (target === 'TPROXY') return ruled('tproxy', option);
  if (target !== 'DNAT') return null;
  const colon = option.lastIndexOf(':');
  const address = option.slice(0, colon).replace(/^\[|\]$/g, '');
  const isHere = colon >= 0 && address !== '' && (isLoopback(address) || isAnyAddress(address));
  return isHere ? ruled('dnat', option.slice(colon + 1)) : null;
}

const OPTION_OF_TARGET: ReadonlyMap<string, string> = new Map([
  ['REDIRECT', 'to-ports'],
  ['TPROXY', 'on-port'],
  ['DNAT', 'to-destination'],
]);

/** `15001`, `15001-15004`; a REDIRECT without ports keeps the port, and is no interception. */
function ruled(method: InterceptionPort['method'], text: string): Redirect | null {
  const bounds = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (bounds === null) return null;
  const first = Number(bounds[1]);
  const last = Math.min(Number(bounds[2] ?? first), first + MAX_RANGE - 1, 65535);
  if (first === 0 || last < first) return null;
  const ports = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { method, ports, basis: 'rules' };
}

function chainsTo(visit: Visit<Flow>): string[] {
  return stepsTo(visit).map(({ rules, index }) => (rules[index] as Rule).chain);
}

/** The jumps that led to a rule, then the rule itself. */
function stepsTo(visit: Visit<Flow>): Visit<Flow>[] {
  const steps: Visit<Flow>[] = [];
  for (let at: Visit<Flow> | null = visit; at !== null; at = at.from) steps.push(at);
  return steps.reverse();
}

/** Rules on the way that end the search before it comes to this one. */
function exemptionsBefore(
  visit: Visit<Flow>,
  exempting: Map<readonly Rule[], readonly number[]>,
): Exemption[] {
  const exemptions: Exemption[] = [];
  for (const { rules, index } of stepsTo(visit)) {
    const places = exempting.get(rules) ?? exemptingPlaces(rules);
    exempting.set(rules, places);
    for (const place of places) {
      if (place >= index || exemptions.length >= MAX_EXEMPTIONS) break;
      const { match, source } = rules[place] as Rule;
      exemptions.push({ match, from: source });
    }
  }
  return exemptions;
}

function exemptingPlaces(rules: readonly Rule[]): readonly number[] {
  const places: number[] = [];
  for (const [place, { target }] of rules.entries()) {
    if (target === 'RETURN' || target === 'ACCEPT') places.push(place);
  }
  return places;
}
