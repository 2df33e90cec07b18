import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import type { TcpdumpOptions } from './tcpdump-options.ts';
import type { TcpdumpTable } from './tcpdump-table.ts';

/**
 * Parses the text that `tcpdump` prints of TCP packets: versions 3.x to 4.99, all time stamps, `-v`,
 * `-e`, `-q`, `-S`, `-x` and `-X`, `-i any`, with or without `-n` and `-#`. Never throws: what is not
 * understood is in `diagnostics`. Packets that are not TCP are counted in one hint, the last.
 *
 * @example
 * const line = '12:00:01.5 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 7, win 502, length 0';
 * parseTcpdump(line).at(0).seq // 7
 */
export function parseTcpdump(
  input: string | Uint8Array,
  options: TcpdumpOptions = {},
): TcpdumpTable {
  const context = newContext(options);
  return parseBlock(toBytes(input), WHOLE_INPUT, context).withDiagnostic(context.others.hint());
}
