import { countErrors, decodeText, judgedHead } from '@tuplescope/scan';
import { parseRuleset } from './parse-ruleset.ts';

/**
 * Says whether bytes are a ruleset: `iptables-save`, `iptables -S` or `-L`, or `nft list ruleset`.
 * Judged from the first 64 KiB: a rule that only these tools print, and fewer lines of another
 * kind than rules. A head that is chains only counts where the input goes on after it.
 *
 * @example
 * looksLikeRuleset(toBytes('*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n')) // true
 */
export function looksLikeRuleset(input: Uint8Array): boolean {
  const head = judgedHead(input);
  const isCut = head.length < input.length;
  if (!hasSign(head)) return false;
  const table = parseRuleset(head);
  const errors = countErrors(table.diagnostics);
  if (table.length === 0) return isCut && table.chains.length > errors;
  // The cut may fall inside of an object of JSON.
  return errors <= table.length - (isCut ? 0 : 1);
}

/** Every ruleset has one of these; looking for them is cheaper than parsing all else. */
function hasSign(head: Uint8Array): boolean {
  const text = decodeText(head, 0, head.length);
  return /-[AI] \S|^Chain \S+ \(|"nftables"|^[ \t]*table .*\{|^\*[a-z]+\r?$/m.test(text);
}
