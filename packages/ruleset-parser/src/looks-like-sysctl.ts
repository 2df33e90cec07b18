import { countErrors, judgedHead } from '@tuplescope/scan';
import { parseSysctl } from './parse-sysctl.ts';

/** The directories of /proc/sys, from which every setting's name begins. */
const ROOTS: ReadonlySet<string> = new Set(
  'abi crypto debug dev fs fscache kernel net sunrpc user vm'.split(' '),
);

/**
 * Says whether bytes are kernel settings: names that begin with a directory of /proc/sys, and fewer
 * lines of another kind. Judged from the first 64 KiB.
 *
 * @example
 * looksLikeSysctl(toBytes('net.ipv4.tcp_fin_timeout = 60\n')) // true
 */
export function looksLikeSysctl(input: Uint8Array): boolean {
  const table = parseSysctl(judgedHead(input));
  const errors = countErrors(table.diagnostics);
  if (table.length === 0 || errors >= table.length) return false;
  let known = 0;
  for (const { key } of table) if (ROOTS.has(key.slice(0, key.indexOf('.')))) known++;
  return known * 2 > table.length + errors;
}
