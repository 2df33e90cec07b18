import type { CaptureOf } from '@tuplescope/incident';
import type { NatRule, PacketRule, TproxyRule } from '@tuplescope/kernel-model';
import type { BaseChain } from './chains.ts';
import { flatten, type Sink } from './flatten.ts';
import { markedPorts } from './marked-ports.ts';
import { natSink } from './nat-sink.ts';
import type { Notes } from './notes.ts';
import { packetSink } from './packet-sink.ts';
import { pickTables } from './pick-tables.ts';
import type { Rule } from './rule.ts';

/** A rule of an incident that the model cannot follow. */
export interface UntranslatedRule {
  readonly file: string;
  readonly line: number;
  /** The rule as it stands there. */
  readonly text: string;
  readonly why: string;
}

/** An incident's rules as a simulated pod takes them. */
export interface TranslatedRules {
  readonly nat: readonly NatRule[];
  readonly rules: readonly PacketRule[];
  readonly tproxy: readonly TproxyRule[];
  /** What is left out; each rule once. */
  readonly untranslated: readonly UntranslatedRule[];
  /** What was taken for something else, in sentences. */
  readonly assumptions: readonly string[];
}

/** nft's JSON says in 500 characters what iptables says in 50. */
const LONGEST_TEXT = 160;

/**
 * Translates rulesets, of iptables or nft, to the rules of a simulated pod: chains are written out into
 * lists in which the first rule that fits decides, and what the model does not know is left out and told.
 *
 * @param addresses the pod's own; the first is that of the connection that the rules are for.
 * @example
 * translateRules(rulesets, ['10.0.0.1']).nat
 * // [{ hook: 'output', match: { owner: 1337 }, action: { kind: 'accept' } },
 * //  { hook: 'output', action: { kind: 'redirect', port: 15001 } }]
 */
export function translateRules(
  captures: readonly CaptureOf<'ruleset'>[],
  addresses: readonly [string, ...string[]],
): TranslatedRules {
  const [own] = addresses;
  const picked = pickTables(captures, own.includes(':'));
  const every = [...picked.rules.values()].flat();
  const setsMarks = every.some(({ target }) => target === 'MARK' || target === 'CONNMARK');
  const marked = markedPorts(every);
  const skipped = new Map<Rule, string>();
  const assumptions = new Set<string>();
  const notes: Notes = {
    skip(rule, why) {
      if (!skipped.has(rule)) skipped.set(rule, why);
    },
    assume: (sentence) => assumptions.add(sentence),
  };
  const nat: NatRule[] = [];
  const rules: PacketRule[] = [];
  const tproxy: TproxyRule[] = [];
  const packets = (hook: PacketRule['hook'], table?: 'mangle'): Sink => {
    const ports = hook === 'output' && table === 'mangle' ? marked : new Map();
    const slot = { hook, ...(table === undefined ? {} : { table }), markedPorts: ports };
    return packetSink(slot, { rules, tproxy }, notes);
  };
  const slots: readonly (readonly [BaseChain['hook'], readonly BaseChain['kind'][], Sink])[] = [
    ['prerouting', ['nat'], natSink('prerouting', own, nat, notes)],
    ['output', ['nat'], natSink('output', own, nat, notes)],
    ['postrouting', ['nat'], natSink('postrouting', own, nat, notes)],
    ['prerouting', ['mangle', 'filter'], packets('prerouting', 'mangle')],
    ['output', ['mangle'], packets('output', 'mangle')],
    ['output', ['filter'], packets('output')],
    ['input', ['mangle', 'filter'], packets('input')],
    ['input', ['nat'], unmodelled('source NAT at INPUT', notes)],
    ['postrouting', ['mangle', 'filter'], unmodelled('rules at POSTROUTING', notes)],
    ['prerouting', ['raw'], unmodelled('raw table', notes)],
    ['output', ['raw'], unmodelled('raw table', notes)],
  ];
  for (const [hook, kinds, sink] of slots) {
    const bases = picked.base.filter((base) => base.hook === hook && kinds.includes(base.kind));
    const place = { hook, isNat: kinds.includes('nat'), addresses, setsMarks };
    if (flatten(bases, picked, place, sink)) continue;
    notes.assume(`The chains at ${hook} are too intricate for the model: the rest is left out.`);
  }
  if (every.some(({ match }) => 'gid' in match || '!gid' in match)) {
    notes.assume('Rules that name a group are taken to name the user of that number.');
  }
  return {
    nat,
    rules,
    tproxy: tproxy.some(({ port }) => port !== null) ? tproxy : [],
    untranslated: [...skipped].map(([rule, why]) => ({
      ...picked.placeOf(rule),
      text: rule.raw.length > LONGEST_TEXT ? `${rule.raw.slice(0, LONGEST_TEXT)}…` : rule.raw,
      why,
    })),
    assumptions: [...assumptions],
  };
}

/** Notes what it is given: rules where the model has no place for them. */
function unmodelled(what: string, notes: Notes): Sink {
  const matters = /^(?:DROP|REJECT|CT|NOTRACK|SNAT)$/;
  return {
    take(_, rule) {
      if (matters.test(rule.target ?? '')) notes.skip(rule, `the model has no ${what}`);
    },
    accept: () => undefined,
    dropByPolicy: () => notes.assume(`A policy drops where the model has no ${what}.`),
    skip: ({ rule, why }) => {
      if (matters.test(rule.target ?? '')) notes.skip(rule, why);
    },
  };
}
