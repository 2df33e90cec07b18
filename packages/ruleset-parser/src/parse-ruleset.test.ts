import { describeParserContract } from '@tuplescope/scan/testing';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseRuleset } from './parse-ruleset.ts';
import type { Rule } from './rule.ts';
import { streamRuleset } from './stream-ruleset.ts';
import { readFixture } from './testing/read-fixture.ts';

const save = readFixture('istio/iptables-save-c.txt');
const nft = readFixture('istio/nft-list-ruleset.txt');
const listing = readFixture('istio/iptables-t-nat-nvL.txt');

describeParserContract({
  name: 'parseRuleset of iptables-save',
  parse: parseRuleset,
  stream: streamRuleset,
  sample: save,
  damage: [
    '[0:0] -A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT',
    '[0:0] -A ISTIO_INBOUND -p tcp -j',
  ],
  worstCase: (bytes) => '-A X -m comment --comment "\\'.repeat(bytes / 27),
});

describeParserContract({
  name: 'parseRuleset of nft',
  parse: parseRuleset,
  stream: streamRuleset,
  sample: nft,
  damage: [
    '\t\ttcp dport 15021 counter packets 0 bytes 0 return',
    '\t\ttcp dport { 15021 counter packets 0 bytes 0 return',
  ],
  worstCase: (bytes) => `table ip t {\nchain c {\n${'ip saddr { 1,\n'.repeat(bytes / 14)}`,
});

describeParserContract({
  name: 'parseRuleset of iptables -L',
  parse: parseRuleset,
  stream: streamRuleset,
  sample: listing,
  damage: [
    '    0     0 RETURN     0    --  *      *       0.0.0.0/0            127.0.0.1           ',
    '    0     0 RETURN     0    --  *      *       0.0.0.0/0',
  ],
  worstCase: (bytes) => `Chain X (1 references)\n${'1 1 1 1 -- '.repeat(bytes / 11)}`,
});

describeParserContract({
  name: 'parseRuleset of nft -j, an object a line',
  parse: parseRuleset,
  stream: streamRuleset,
  sample: readFixture('native/nft-j-list-ruleset.json').replace(
    /, (?=\{"\w+": \{"family")/g,
    ',\n',
  ),
  damage: [
    '{"rule": {"family": "inet", "table": "proxy", "chain": "out", "handle": 20, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "oifname"}}, "right": "lo"}}, {"return": null}]}}',
    '{"rule": {"family": "inet", "table": "proxy", "chain": "out", "handle": 20, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "oifname}}, "right": "lo"}}, {"return": null}]}}',
  ],
  worstCase: (bytes) => `{"nftables":[${'{"rule":{"a":['.repeat(bytes / 14)}`,
});

describe('parseRuleset', () => {
  it('gives a rule of iptables-save with all its parts', () => {
    const rules = [...parseRuleset(readFixture('lab-43301-rstdrop/iptables-save-c.txt'))];
    // 1 rule of mangle and 15 of nat, by grep.
    expect(rules.length).toBe(16);
    const raw =
      '[0:0] -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m tcp ! --dport 15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT';
    expect(rules.find((rule) => rule.raw === raw)).toMatchObject({
      family: 'ip',
      table: 'nat',
      chain: 'ISTIO_OUTPUT',
      match: { '!dst': '127.0.0.1', out: 'lo', protocol: 'tcp', '!dport': '15008', uid: '1337' },
      target: 'ISTIO_IN_REDIRECT',
      goto: false,
      targetOptions: {},
      counters: { packets: 0, bytes: 0 },
    });
    expect(rules[0]).toMatchObject({
      table: 'mangle',
      match: { protocol: 'tcp', dport: '7777', 'tcp-flags': 'RST/RST' },
      target: 'DROP',
      source: { line: 8 },
    });
    expectTypeOf<(typeof rules)[number]>().toEqualTypeOf<Rule>();
  });

  it('keeps quotes, negation, goto and repeated options', () => {
    const rules = [...parseRuleset(readFixture('drops/iptables-save-c.txt'))];
    expect(rules.map(({ match }) => match.comment)).toContain('say "no" to ! strays');
    expect(rules.filter((rule) => rule.goto).map(({ target }) => target)).toEqual(['LOGDROP']);
    const [twice] = parseRuleset(
      '*filter\n-A INPUT -m comment --comment a -m comment --comment "b c" ! -i eth+ -j ACCEPT\n',
    );
    expect(twice?.match).toEqual({ comment: ['a', 'b c'], '!in': 'eth+' });
  });

  it('takes __proto__ for an option like any other', () => {
    const [rule] = parseRuleset('*t\n-A X --__proto__ 1 -j Y\n');
    expect(Object.entries(rule?.match ?? {})).toEqual([['__proto__', '1']]);
  });

  it('tells policies, hooks and counters of chains', () => {
    const { chains } = parseRuleset(readFixture('drops/iptables-save-c.txt'));
    expect(chains.map(({ name, policy, hook }) => [name, policy, hook])).toEqual([
      ['INPUT', 'DROP', 'input'],
      ['FORWARD', 'ACCEPT', 'forward'],
      ['OUTPUT', 'ACCEPT', 'output'],
      ['KUBE-FORWARD', null, null],
      ['LOGDROP', null, null],
      ['UNUSED', null, null],
    ]);
    const [nat] = parseRuleset(readFixture('native/nft-a-list-ruleset.txt')).chains;
    expect(nat).toMatchObject({
      family: 'inet',
      table: 'proxy',
      name: 'pre',
      type: 'nat',
      hook: 'prerouting',
      priority: 'dstnat',
      policy: 'ACCEPT',
    });
  });

  it('names the family by the tool', () => {
    const both = save + readFixture('istio/ip6tables-save.txt');
    const rules = [...parseRuleset(both)];
    expect(new Set(rules.map(({ family }) => family))).toEqual(new Set(['ip', 'ip6']));
    expect(rules.find(({ match }) => match.src === '::6')?.family).toBe('ip6');
  });

  it('tells the table of iptables -S from its policies', () => {
    const nat = parseRuleset(readFixture('istio/iptables-t-nat-S.txt'));
    const both = readFixture('istio/iptables-t-nat-S.txt') + readFixture('drops/iptables-S.txt');
    const tables = [...parseRuleset(both)].map(({ table }) => table);
    expect(new Set([...nat].map(({ table }) => table))).toEqual(new Set(['nat']));
    expect(new Set(nat.chains.map(({ table }) => table))).toEqual(new Set(['nat']));
    expect(new Set(tables)).toEqual(new Set(['nat', 'filter']));
    expect(nat.diagnostics).toEqual([]);
  });

  it('takes the table from the prompt, and commands that a person typed', () => {
    const text = [
      'root@pod:/# iptables -t mangle -S',
      '-A OUTPUT -p tcp -j DROP',
      '# a remark',
      "iptables -t mangle -A ISTIO_INBOUND_LOG -m conntrack --ctstate INVALID -j LOG --log-level debug --log-prefix 'ISTIO_INBOUND_INVALID: '",
      'iptables -t nat -N ISTIO_OUTPUT',
    ].join('\n');
    const table = parseRuleset(text);
    expect([...table].map(({ table, chain }) => [table, chain])).toEqual([
      ['mangle', 'OUTPUT'],
      ['mangle', 'ISTIO_INBOUND_LOG'],
    ]);
    expect(table.at(1).targetOptions).toEqual({
      'log-level': 'debug',
      'log-prefix': 'ISTIO_INBOUND_INVALID: ',
    });
    expect(table.chains.map(({ table, name }) => [table, name])).toEqual([['nat', 'ISTIO_OUTPUT']]);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['hint', 1],
      ['hint', 3],
    ]);
  });

  it('says when no table has been named', () => {
    const table = parseRuleset('-A OUTPUT -j DROP\n-A OUTPUT -j ACCEPT\n');
    expect([...table].map(({ table }) => table)).toEqual([null, null]);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['warning', 1],
    ]);
  });

  it('says that another command prints the rest', () => {
    const warning =
      '# Warning: iptables-legacy tables present, use iptables-legacy-save to see them';
    const [said] = parseRuleset(`${warning}\n${save}`).diagnostics;
    expect(said).toMatchObject({ severity: 'warning', line: 1 });
  });

  it('reads the three listings of one table alike', () => {
    const pick = ({ chain, match, target, targetOptions }: Rule): unknown => ({
      chain,
      match,
      target,
      targetOptions,
    });
    const saved = [...parseRuleset(save)].filter(({ table }) => table === 'nat').map(pick);
    expect(saved.length).toBe(22);
    expect([...parseRuleset(listing)].map(pick)).toEqual(saved);
    expect([...parseRuleset(readFixture('istio/iptables-t-nat-S-v.txt'))].map(pick)).toEqual(saved);
  });

  it('reads one ruleset alike from nft and from iptables-save', () => {
    const pick = ({ chain, match, target, targetOptions }: Rule): string =>
      JSON.stringify([chain, Object.entries(match).sort(), target, targetOptions]);
    const saved = [...parseRuleset(save)].filter(({ table }) => table === 'nat').map(pick);
    const printed = [...parseRuleset(nft)].filter(
      ({ table, family }) => table === 'nat' && family === 'ip',
    );
    expect(printed.map(pick).sort()).toEqual(saved.sort());
  });

  it('reads nft text and nft JSON alike, but for what they print differently', () => {
    const pick = ({ raw: _, source: __, ...rule }: Rule): unknown => rule;
    const text = [...parseRuleset(readFixture('native/nft-a-list-ruleset.txt'))].map(pick);
    const json = [...parseRuleset(readFixture('native/nft-j-list-ruleset.json'))].map(pick);
    expect(text.length).toBe(27);
    // The JSON names the default burst of a limit.
    const update = JSON.stringify(json).replace('10/minute burst 5 packets', '10/minute');
    expect(update).toBe(JSON.stringify(text));
  });

  it('keeps the elements of named sets and maps', () => {
    for (const name of ['native/nft-a-list-ruleset.txt', 'native/nft-j-list-ruleset.json']) {
      const { sets } = parseRuleset(readFixture(name));
      expect(sets.map((set) => [set.kind, set.name, set.elements.length])).toEqual([
        ['set', 'exempt4', 6],
        ['set', 'seen', 0],
        ['map', 'svc', 2],
        ['map', 'verdicts', 2],
      ]);
      expect(sets[3]?.elements).toEqual(['22 : accept', '80 : jump web']);
    }
  });

  it('does not let a set that does not close swallow the chains after it', () => {
    const text = readFixture('native/nft-a-list-ruleset.txt');
    const table = parseRuleset(
      text.replace('198.51.100.0/24, 203.0.113.0/24 }', '198.51.100.0/24,'),
    );
    expect(table.length).toBe(27);
    const errors = table.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ line }) => line)).toEqual([6]);
  });

  it('says what nft does not print of an extension of iptables', () => {
    const table = parseRuleset(readFixture('istio-tproxy/nft-list-ruleset.txt'));
    const tproxy = [...table].find(({ target }) => target === 'TPROXY');
    expect(tproxy?.targetOptions).toEqual({ xt: '' });
    expect(table.diagnostics.map(({ severity, expected }) => [severity, expected])).toEqual([
      ['warning', 'the options of TPROXY, which iptables-save prints'],
    ]);
    const lost = parseRuleset(nft).diagnostics.map(({ expected }) => expected);
    // Two REDIRECT rules of `table ip6 nat` are blank in this nft, and three CT rules name no zone.
    expect(lost.filter((expected) => expected.startsWith('a target')).length).toBe(2);
    expect(lost.filter((expected) => expected.includes(' CT,')).length).toBe(3);
  });

  it('reads the older way in which nft names an extension', () => {
    const text =
      'table ip nat {\n\tchain X {\n\t\t# xt_owner counter packets 1 bytes 60 # xt_REDIRECT\n\t}\n}\n';
    const table = parseRuleset(text);
    expect(table.at(0)).toMatchObject({
      match: { 'xt owner': '' },
      target: 'REDIRECT',
      targetOptions: { xt: '' },
      counters: { packets: 1, bytes: 60 },
    });
  });

  it('does not round a counter over 2^53', () => {
    const table = parseRuleset('*nat\n[18446744073709551615:1] -A X -j DROP\n');
    expect(table.at(0).counters).toBeNull();
    const json = readFixture('native/nft-j-list-ruleset.json').replace(
      '"packets": 5',
      '"packets": 18446744073709551615',
    );
    const doubt = parseRuleset(json).diagnostics.find(({ expected }) => expected.includes('2^53'));
    expect(doubt?.severity).toBe('warning');
  });

  it('reports JSON that nests too deeply and reads what is beside it', () => {
    const deep = `{"rule": ${'{"a": '.repeat(100)}1${'}'.repeat(100)}}`;
    const json = readFixture('linkerd/nft-j-list-ruleset.json');
    const table = parseRuleset(json.replace('{"rule"', `${deep}, {"rule"`));
    expect(table.length).toBe(parseRuleset(json).length);
    const error = table.diagnostics.find(({ severity }) => severity === 'error');
    expect(error?.expected).toBe('at most 64 levels of nesting');
  });

  it('keeps the rules before the end of a document that was cut', () => {
    const json = readFixture('linkerd/nft-j-list-ruleset.json');
    const last = json.lastIndexOf('{"rule"');
    const table = parseRuleset(json.slice(0, last + 40));
    expect(table.length).toBe(parseRuleset(json).length - 1);
    expect(table.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('points at the object of a rule in JSON', () => {
    const json = readFixture('linkerd/nft-j-list-ruleset.json');
    for (const { raw, source } of parseRuleset(json)) {
      expect(json.slice(source.start, source.end)).toBe(raw);
      expect(raw.startsWith('{"rule": {')).toBe(true);
      expect(raw.endsWith('}}')).toBe(true);
    }
  });

  it('reads text after a document of JSON, with its place', () => {
    const json = readFixture('linkerd/nft-j-list-ruleset.json').trimEnd();
    const table = parseRuleset(`${json}\n${save}`);
    const first = [...table].find(({ raw }) => raw.startsWith('['));
    expect(first?.source.line).toBe(parseRuleset(save).at(0).source.line + 1);
  });

  it('gives no rule but those that stand in the text, whatever is done to it', () => {
    const lines = save.split('\n');
    fc.assert(
      fc.property(fc.shuffledSubarray(lines), (some) => {
        const text = some.join('\n');
        for (const { raw, source } of parseRuleset(text)) {
          expect(some[source.line - 1]).toBe(raw);
        }
      }),
      { numRuns: 50 },
    );
  });
});
