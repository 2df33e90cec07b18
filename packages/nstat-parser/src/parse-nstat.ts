import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import type { NstatTable } from './nstat-table.ts';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';

/**
 * Parses the kernel's counters from `nstat` (text or `-j`), `netstat -s`, /proc/net/snmp,
 * /proc/net/snmp6 and /proc/net/netstat, alone or one after the other; each line says by its form
 * which of them it is. The same counter has the same name from all of them: the one that nstat
 * prints. Never throws: what is not understood is in the table's diagnostics.
 *
 * Sources: nstat of iproute2 6.1, netstat of net-tools 1.60 to 2.10, net/ipv4/proc.c of Linux.
 *
 * @example
 * parseNstat('Tcp:\n    3 segments retransmitted\n').value('TcpRetransSegs') // 3
 * parseNstat('{"kernel":{"TcpRetransSegs":3}}').value('TcpRetransSegs') // 3
 */
export function parseNstat(input: string | Uint8Array): NstatTable {
  return parseBlock(toBytes(input), WHOLE_INPUT, newContext());
}
