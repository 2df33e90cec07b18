import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import type { RulesetTable } from './ruleset-table.ts';

/**
 * Parses a whole ruleset: `iptables-save`, `ip6tables-save` (with `-c` too), `iptables -S`,
 * `iptables -L` in its forms, `nft list ruleset` as text or JSON, or several of them one after the
 * other. Never throws: a line that is not understood is a diagnostic and costs no other.
 *
 * @param input text, or its bytes in UTF-8; bytes are kept, not copied.
 * @example
 * const table = parseRuleset('*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n');
 * table.at(0).target // 'REDIRECT'
 */
export function parseRuleset(input: string | Uint8Array): RulesetTable {
  return parseBlock(toBytes(input), WHOLE_INPUT, newContext());
}
