import { LINE_FEED } from '@tuplescope/scan';
import { parseConntrackStatistics } from './parse-conntrack-statistics.ts';

/** How much of an input is looked at. */
const HEAD = 1 << 16;

/**
 * Says whether an input is the output of `conntrack -S` or /proc/net/stat/nf_conntrack. The single
 * number of `conntrack -C` looks like nothing in particular, so it is not recognised: who knows the
 * command by a file's name or a prompt parses it without asking.
 *
 * @example
 * looksLikeConntrackStatistics(toBytes('cpu=0   \tfound=0 invalid=5 \n')) // true
 */
export function looksLikeConntrackStatistics(input: Uint8Array): boolean {
  const head = input.subarray(0, HEAD);
  const lastLine = head.lastIndexOf(LINE_FEED) + 1;
  const whole = head.length < input.length && lastLine > 0 ? head.subarray(0, lastLine) : head;
  const table = parseConntrackStatistics(whole);
  const strangers = table.diagnostics.filter(({ severity }) => severity === 'error').length;
  return table.length > strangers && (table.sum('found') !== null || table.sum('drop') !== null);
}
