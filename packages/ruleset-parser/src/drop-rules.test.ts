import { describe, expect, it } from 'vitest';
import { type DropRule, findDropRules } from './drop-rules.ts';
import { parseRuleset } from './parse-ruleset.ts';
import { readFixture } from './testing/read-fixture.ts';

const dropsOf = (name: string): DropRule[] => findDropRules(parseRuleset(readFixture(name)));

const short = ({ rule, verdict, hooks, catches }: DropRule): string => {
  const kinds = Object.entries(catches).filter(([, can]) => can);
  return `${rule.chain} ${verdict} from ${hooks.join()} of ${kinds.map(([kind]) => kind).join()}`;
};

describe('findDropRules', () => {
  it('finds the rule that drops the RST, in three forms of one ruleset', () => {
    for (const name of ['iptables-save-c.txt', 'nft-list-ruleset.txt', 'nft-list-ruleset.json']) {
      const [only, ...others] = dropsOf(`lab-43301-rstdrop/${name}`);
      expect(others).toEqual([]);
      expect(only).toMatchObject({
        verdict: 'drop',
        hooks: ['output'],
        catches: { rst: true, syn: false, invalid: true, valid: true },
        rule: {
          table: 'mangle',
          chain: 'OUTPUT',
          match: { protocol: 'tcp', dport: '7777', 'tcp-flags': 'RST/RST' },
        },
      });
    }
  });

  it('joins the conditions on the way to a rule to its own', () => {
    const expected = [
      'INPUT reject from input of rst,syn,invalid,valid',
      'INPUT drop from input of rst,valid',
      'OUTPUT drop from output of rst,invalid,valid',
      'KUBE-FORWARD drop from forward of rst,syn,invalid',
      'LOGDROP drop from input of rst,syn,invalid',
      'UNUSED drop from  of rst,syn,invalid,valid',
    ].sort();
    expect(dropsOf('drops/iptables-save-c.txt').map(short).sort()).toEqual(expected);
    expect(dropsOf('drops/nft-list-ruleset.txt').map(short).sort()).toEqual(expected);
    expect(dropsOf('drops/iptables-S.txt').map(short).sort()).toEqual(expected);
    expect(dropsOf('drops/iptables-vnxL-line-numbers.txt').map(short).sort()).toEqual(expected);
  });

  it('looks into verdict maps of nft, in braces and named', () => {
    for (const name of ['native/nft-a-list-ruleset.txt', 'native/nft-j-list-ruleset.json']) {
      const matches = dropsOf(name).map(({ rule }) => rule.match);
      expect(matches.slice(0, 2)).toEqual([{ dport: '8443' }, { ctstate: 'INVALID' }]);
    }
    const text = [
      'table ip t {',
      '\tmap m {',
      '\t\ttype ct_state : verdict',
      '\t\telements = { invalid : jump bad }',
      '\t}',
      '\tchain in { ',
      '\t\ttype filter hook input priority filter; policy accept;',
      '\t\tct state vmap @m',
      '\t}',
      '\tchain bad {',
      '\t\tdrop',
      '\t}',
      '}',
    ].join('\n');
    expect(findDropRules(parseRuleset(text)).map(short)).toEqual([
      'bad drop from input of rst,syn,invalid',
    ]);
  });

  it('leaves rules alone that no TCP packet meets', () => {
    const text = '*filter\n-A INPUT -p udp -j DROP\n-A INPUT ! -p tcp -j DROP\nCOMMIT\n';
    expect(findDropRules(parseRuleset(text))).toEqual([]);
  });

  it('reads conditions on flags, negated ones too', () => {
    const rule = (options: string): string => `-A INPUT -p tcp -m tcp ${options} -j DROP\n`;
    const rules = [
      '--tcp-flags SYN,ACK SYN,ACK',
      '--tcp-flags ALL NONE',
      '! --tcp-flags RST RST',
      '--syn',
      '--tcp-flags RST,ACK RST',
    ];
    const found = findDropRules(parseRuleset(`*filter\n${rules.map(rule).join('')}COMMIT\n`));
    expect(found.map(({ catches }) => [catches.rst, catches.syn])).toEqual([
      [false, false],
      [false, false],
      [false, true],
      [false, true],
      [true, false],
    ]);
  });
});
