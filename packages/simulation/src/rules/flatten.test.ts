import type { NatRule } from '@tuplescope/kernel-model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ofKind } from '../captures.ts';
import { file, incidentOf } from '../testing/incidents.ts';
import { translateRules } from './translate-rules.ts';

interface TestRule {
  readonly port: readonly [first: number, last: number] | null;
  readonly notPort: number | null;
  readonly user: number | null;
  readonly notUser: number | null;
  /** `ACCEPT`, `RETURN`, a port to redirect to, or the chain to jump to. */
  readonly target: string | number;
  readonly isGoto: boolean;
}

/** Chains jump to later ones alone, so that none goes in a circle. */
const CHAINS = ['OUTPUT', 'ONE', 'TWO', 'THREE'] as const;

const small = fc.integer({ min: 1, max: 6 });
const maybe = <Value>(one: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(one, { freq: 1 });

function ruleIn(chain: number): fc.Arbitrary<TestRule> {
  const later = CHAINS.slice(chain + 1);
  return fc.record({
    port: maybe(fc.tuple(small, small).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)),
    notPort: maybe(small),
    user: maybe(fc.integer({ min: 0, max: 2 })),
    notUser: maybe(fc.integer({ min: 0, max: 2 })),
    target: fc.oneof(
      fc.constantFrom<string | number>('ACCEPT', 'RETURN', 15001, 15002, ...later),
      fc.constantFrom<string | number>('RETURN', ...later),
    ),
    isGoto: fc.boolean(),
  });
}

const rulesets = fc.tuple(
  ...CHAINS.map((_, i) => fc.array(ruleIn(i), { maxLength: 4 })),
) as fc.Arbitrary<TestRule[][]>;

function saved(chains: readonly TestRule[][]): string {
  const rules = chains.flatMap((rules, i) =>
    rules.map(({ port, notPort, user, notUser, target, isGoto }) => {
      const words = [
        ...(port === null ? [] : [`-m tcp --dport ${port[0]}:${port[1]}`]),
        ...(notPort === null ? [] : [`-m multiport ! --dports ${notPort}`]),
        ...(user === null ? [] : [`-m owner --uid-owner ${user}`]),
        ...(notUser === null ? [] : [`-m owner ! --uid-owner ${notUser}`]),
      ];
      const jump = typeof target === 'number' ? `-j REDIRECT --to-ports ${target}` : `-j ${target}`;
      const isChain = (CHAINS as readonly unknown[]).includes(target);
      return `-A ${CHAINS[i]} -p tcp ${words.join(' ')} ${isGoto && isChain ? jump.replace('-j', '-g') : jump}`;
    }),
  );
  const heads = CHAINS.map((name) => `:${name} ${name === 'OUTPUT' ? 'ACCEPT' : '-'} [0:0]`);
  return `*nat\n${heads.join('\n')}\n${rules.join('\n')}\nCOMMIT\n`;
}

/** Walks the chains as iptables(8) says: a verdict, or null where the chain is left without one. */
function walk(
  chains: readonly TestRule[][],
  chain: number,
  port: number,
  user: number,
): number | 'accept' | null {
  for (const rule of chains[chain] ?? []) {
    if (rule.port !== null && (port < rule.port[0] || port > rule.port[1])) continue;
    if (rule.notPort === port || (rule.user !== null && rule.user !== user)) continue;
    if (rule.notUser === user) continue;
    if (rule.target === 'RETURN') return null;
    if (rule.target === 'ACCEPT') return 'accept';
    if (typeof rule.target === 'number') return rule.target;
    const verdict = walk(chains, (CHAINS as readonly string[]).indexOf(rule.target), port, user);
    if (verdict !== null || rule.isGoto) return verdict;
  }
  return null;
}

/** The first rule of a list that fits decides. */
function decide(nat: readonly NatRule[], port: number, user: number): number | 'accept' | null {
  const fits = ({ dport, owner }: NonNullable<NatRule['match']>): boolean => {
    const [first, last] = typeof dport === 'number' ? [dport, dport] : (dport ?? [0, 65_535]);
    return port >= first && port <= last && (owner === undefined || owner === user);
  };
  const rule = nat.find(({ match = {}, except = [] }) => fits(match) && !except.some(fits));
  if (rule === undefined) return null;
  return rule.action.kind === 'redirect' ? (rule.action.port as number) : 'accept';
}

const PACKETS = [1, 2, 3, 4, 5, 6, 7].flatMap((port) =>
  [0, 1, 2, 3].map((user) => [port, user] as const),
);

it('a list of rules decides as the chains do that it was made of', () => {
  fc.assert(
    fc.property(rulesets, (chains) => {
      const { captures } = incidentOf([file('iptables-save.txt', saved(chains))]);
      const { nat, untranslated } = translateRules(ofKind(captures, 'ruleset'), ['10.0.0.1']);
      expect(untranslated).toEqual([]);
      // Accepted by a rule or by the policy: both leave the packet alone.
      const decided = PACKETS.map(([port, user]) => decide(nat, port, user) ?? 'accept');
      const wanted = PACKETS.map(([port, user]) => walk(chains, 0, port, user) ?? 'accept');
      expect(decided).toEqual(wanted);
    }),
    { numRuns: 200 },
  );
}, 30_000);
