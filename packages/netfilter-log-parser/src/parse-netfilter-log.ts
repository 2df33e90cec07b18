import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import type { NetfilterLogOptions } from './netfilter-log-options.ts';
import type { NetfilterLogTable } from './netfilter-log-table.ts';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';

/**
 * Parses the LOG lines and conntrack's own messages of a kernel log: dmesg, journalctl and syslog in
 * all their time-stamp styles, pasted pieces too.
 *
 * A line that is neither is passed over, and one hint counts them. Never throws on bad text.
 * Grammar: net/netfilter/nf_log_syslog.c of Linux 4.18 to 7.3.
 *
 * @example
 * const table = parseNetfilterLog(
 *   '[  874.4] DROP: IN= OUT=eth0 SRC=10.0.0.1 DST=10.0.0.2 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ' +
 *     'ID=0 DF PROTO=TCP SPT=44410 DPT=7777 WINDOW=0 RES=0x00 RST URGP=0',
 * );
 * table.at(0).flags // 'R'
 */
export function parseNetfilterLog(
  input: string | Uint8Array,
  options: NetfilterLogOptions = {},
): NetfilterLogTable {
  const context = newContext(options);
  return parseBlock(toBytes(input), WHOLE_INPUT, context).withDiagnostic(context.others.hint());
}
