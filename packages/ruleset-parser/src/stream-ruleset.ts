import { type StreamOptions, skipBlanks, startsWithAt, streamRecords } from '@tuplescope/scan';
import { parseRulesetBlock } from './parse-ruleset-block.ts';
import type { Rule } from './rule.ts';
import { newRulesetContext } from './ruleset-context.ts';

/**
 * Parses a ruleset as it comes and gives its rules one by one, the same as {@link parseRuleset}
 * gives; chains and sets are not given. Memory holds about 1 MiB of text; JSON is held whole.
 *
 * @example
 * for await (const rule of streamRuleset(chunks)) if (rule.target === 'DROP') console.log(rule.raw);
 */
export function streamRuleset(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): AsyncIterable<Rule> {
  const context = newRulesetContext();
  return streamRecords(
    chunks,
    {
      parse: (block, origin) => parseRulesetBlock(block, origin, context),
      startsRecord: isNewStatement,
      isDocument: (bytes) => bytes[firstByte(bytes)] === 0x7b /* { */,
    },
    options,
  );
}

/**
 * A line that goes on with what the one before began is indented deeper than a rule in nft's text
 * (two tabs): elements of a set stand under its opening brace.
 */
function isNewStatement(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === 0x09) at++;
  if (at - start > 2) return false;
  if (bytes[at] !== 0x20) return true;
  const word = skipBlanks(bytes, at, end);
  return (
    startsWithAt(bytes, word, end, 'chain ') ||
    startsWithAt(bytes, word, end, 'table ') ||
    (bytes[word] as number) <= 0x39
  );
}

function firstByte(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] as number) <= 0x20) at++;
  return at;
}
