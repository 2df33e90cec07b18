import { decodeText, LINE_FEED } from '@tuplescope/scan';
import { parseRuleset } from './parse-ruleset.ts';

/** How much is looked at. */
const HEAD_BYTES = 64 << 10;

/**
 * Says whether bytes are a ruleset: `iptables-save`, `iptables -S` or `-L`, or `nft list ruleset`.
 * Judged from the first 64 KiB: a rule that only these tools print, and fewer lines of another
 * kind than rules. A head that is chains only counts where the input goes on after it.
 *
 * @example
 * looksLikeRuleset(toBytes('*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n')) // true
 */
export function looksLikeRuleset(input: Uint8Array): boolean {
  const isCut = input.length > HEAD_BYTES;
  const lastLine = isCut ? input.lastIndexOf(LINE_FEED, HEAD_BYTES - 1) : input.length;
  const head = input.subarray(0, lastLine > 0 ? lastLine : HEAD_BYTES);
  if (!hasSign(head)) return false;
  const table = parseRuleset(head);
  const errors = table.diagnostics.filter(({ severity }) => severity === 'error').length;
  if (table.length === 0) return isCut && table.chains.length > errors;
  // The cut may fall inside of an object of JSON.
  return errors <= table.length - (isCut ? 0 : 1);
}

/** Every ruleset has one of these; looking for them is cheaper than parsing all else. */
function hasSign(head: Uint8Array): boolean {
  const text = decodeText(head, 0, head.length);
  return /-[AI] \S|^Chain \S+ \(|"nftables"|^[ \t]*table .*\{|^\*[a-z]+\r?$/m.test(text);
}
