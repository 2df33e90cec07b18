import { readIptablesRule } from './iptables-rule.ts';
import { readListedRule } from './listed-rule.ts';
import { readNftJsonRule } from './nft-json-rule.ts';
import { readNftRule } from './nft-rule.ts';
import type { RuleBody } from './rule-body.ts';
import { type Form, LIST, NFT, SAVE } from './ruleset-rows.ts';

/** Reads what a rule says, in the grammar of its form. */
export function readRuleBody(form: Form, text: string): RuleBody {
  if (form === SAVE) return readIptablesRule(text);
  if (form === LIST) return readListedRule(text);
  return form === NFT ? readNftRule(text) : readNftJsonRule(text);
}
