import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { parseRuleset } from './parse-ruleset.ts';
import type { Rule } from './rule.ts';
import { streamRuleset } from './stream-ruleset.ts';
import { readFixture } from './testing/read-fixture.ts';

async function* inChunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = toBytes(text);
  for (let at = 0; at < bytes.length; at += 70_001) yield bytes.subarray(at, at + 70_001);
}

async function streamed(text: string): Promise<Rule[]> {
  const rules: Rule[] = [];
  for await (const rule of streamRuleset(inChunks(text))) rules.push(rule);
  return rules;
}

describe('streamRuleset', () => {
  it('gives what parseRuleset gives of an iptables-save of several blocks', async () => {
    const rules = '-A KUBE-SVC -d 10.96.0.1/32 -p tcp -m tcp --dport 80 -j KUBE-SEP\n'.repeat(
      40_000,
    );
    const text = `*nat\n:KUBE-SVC - [0:0]\n${rules}COMMIT\n`;
    expect(await streamed(text)).toEqual([...parseRuleset(text)]);
  });

  it('gives what parseRuleset gives of nft text with a set of several blocks', async () => {
    const elements = '10.0.0.1, 10.0.0.2,\n\t\t\t     '.repeat(60_000);
    const set = `\tset big {\n\t\ttype ipv4_addr\n\t\telements = { ${elements}10.0.0.3 }\n\t}\n\n`;
    const rules = '\t\tip daddr 10.0.0.1 tcp dport { 80, 443 } drop\n'.repeat(30_000);
    const text = `table ip filter {\n${set}\tchain c {\n${rules}\t}\n}\n`;
    const whole = [...parseRuleset(text)];
    expect(whole.length).toBe(30_000);
    expect(await streamed(text)).toEqual(whole);
  });

  it('gives what parseRuleset gives of a long document of JSON', async () => {
    const json = readFixture('istio/nft-j-list-ruleset.json').trimEnd();
    const rules = json.slice(json.indexOf('{"rule"'), json.lastIndexOf('}}') + 2);
    const list = rules.slice(0, rules.indexOf(', {"table"'));
    const text = `{"nftables": [${new Array(400).fill(list).join(', ')}]}\n`;
    expect(text.length).toBeGreaterThan(2 << 20);
    expect(await streamed(text)).toEqual([...parseRuleset(text)]);
  });
});
