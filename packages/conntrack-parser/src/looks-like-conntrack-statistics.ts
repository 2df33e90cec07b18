import { countErrors, judgedHead } from '@tuplescope/scan';
import { parseConntrackStatistics } from './parse-conntrack-statistics.ts';

/**
 * Says whether an input is the output of `conntrack -S` or /proc/net/stat/nf_conntrack. The single
 * number of `conntrack -C` looks like nothing in particular, so it is not recognised: who knows the
 * command by a file's name or a prompt parses it without asking.
 *
 * @example
 * looksLikeConntrackStatistics(toBytes('cpu=0   \tfound=0 invalid=5 \n')) // true
 */
export function looksLikeConntrackStatistics(input: Uint8Array): boolean {
  const table = parseConntrackStatistics(judgedHead(input));
  const isNamed = table.sum('found') !== null || table.sum('drop') !== null;
  return isNamed && table.length > countErrors(table.diagnostics);
}
