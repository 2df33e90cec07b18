import type { Word } from './iptables-words.ts';
import { type Json, member, parseJson } from './json.ts';
import { statementWords } from './nft-json-statement.ts';
import { readNftWords } from './nft-rule.ts';
import type { RuleBody } from './rule-body.ts';

/**
 * Reads what a rule of `nft -j list ruleset` says.
 *
 * @param text the object `{"rule": {…}}`.
 * @example
 * readNftJsonRule('{"rule": {"expr": [{"redirect": {"port": 15001}}]}}').targetOptions
 * // { 'to-ports': '15001' }
 */
export function readNftJsonRule(text: string): RuleBody {
  const rule = member(parseJson(text), 'rule');
  const statements = member(rule, 'expr');
  const words: Word[] = [];
  if (Array.isArray(statements)) {
    for (const statement of statements as Json[]) words.push(...statementWords(statement));
  }
  const comment = member(rule, 'comment');
  if (typeof comment === 'string') {
    words.push({ text: 'comment', quoted: false }, { text: comment, quoted: true });
  }
  return readNftWords(words);
}
