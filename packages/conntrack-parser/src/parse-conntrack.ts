import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import type { ConntrackOptions } from './conntrack-options.ts';
import type { ConntrackTable } from './conntrack-table.ts';
import { parseBlock } from './parse-block.ts';

/**
 * Reads the entries that `conntrack -L` or `-E` printed, or /proc/net/nf_conntrack.
 *
 * Understands the plain form and `-o extended`, `id`, `timestamp`, `ktimestamp`, `labels`,
 * `userspace`, `save` and `xml` in any combination (conntrack-tools 0.9 to 1.4.8). Never throws on
 * bad text: a line that is no entry is passed over with a diagnostic.
 *
 * @param input the text, or its bytes as UTF-8.
 * @example
 * const table = parseConntrack(
 *   'tcp      6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=7777 ' +
 *     '[UNREPLIED] src=127.0.0.1 dst=10.0.0.1 sport=15001 dport=44410 mark=0 use=1\n',
 * );
 * table.at(0).reply.sport // 15001
 */
export function parseConntrack(
  input: string | Uint8Array,
  options: ConntrackOptions = {},
): ConntrackTable {
  return parseBlock(toBytes(input), WHOLE_INPUT, options);
}
