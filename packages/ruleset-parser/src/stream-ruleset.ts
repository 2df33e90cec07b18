import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import type { Rule } from './rule.ts';
import { startsRecord } from './starts-record.ts';

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
  const context = newContext();
  return streamRecords(
    chunks,
    {
      parse: (block, origin) => parseBlock(block, origin, context),
      startsRecord,
      isDocument: (bytes) => bytes[firstByte(bytes)] === 0x7b /* { */,
    },
    options,
  );
}

function firstByte(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] as number) <= 0x20) at++;
  return at;
}
