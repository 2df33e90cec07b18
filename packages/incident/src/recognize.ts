import { looksLikeConntrack, looksLikeConntrackStatistics } from '@tuplescope/conntrack-parser';
import { looksLikeNetfilterLog } from '@tuplescope/netfilter-log-parser';
import { looksLikeNstat } from '@tuplescope/nstat-parser';
import { looksLikePcap } from '@tuplescope/pcap-reader';
import {
  looksLikeRuleset,
  looksLikeSysctl,
  looksLikeUname,
  parseUname,
} from '@tuplescope/ruleset-parser';
import { decodeText } from '@tuplescope/scan';
import { looksLikeSs, looksLikeSsSummary } from '@tuplescope/ss-parser';
import { looksLikeTcpdump } from '@tuplescope/tcpdump-parser';
import type { CaptureKind } from './capture.ts';
import { readKernelLine } from './kernel-line.ts';
import { programOf } from './prompt.ts';

/** Tested in this order: what has the narrowest grammar comes first. */
const BY_CONTENT: readonly (readonly [CaptureKind, (bytes: Uint8Array) => boolean])[] = [
  ['pcap', looksLikePcap],
  ['uname', looksLikeUname],
  ['conntrack-statistics', looksLikeConntrackStatistics],
  ['conntrack', looksLikeConntrack],
  ['ss-summary', looksLikeSsSummary],
  ['ss', looksLikeSs],
  ['nstat', looksLikeNstat],
  ['tcpdump', looksLikeTcpdump],
  ['log', looksLikeNetfilterLog],
  ['ruleset', looksLikeRuleset],
  ['sysctl', looksLikeSysctl],
];

/** What is known of an output besides its bytes. */
export interface OutputName {
  /** The file's name with its folders. */
  readonly path: string;
  /** The command before it, where a prompt says so. */
  readonly command: string | null;
}

/**
 * Says which tool printed these bytes: by content first; where the content decides nothing (a
 * listing may be empty, and that is evidence) by the command, or by the file's name.
 *
 * @example
 * recognize(toBytes('Linux pod 5.19.0 #1 SMP x86_64 GNU/Linux'), { path: 'a.txt', command: null })
 * // 'uname'
 */
export function recognize(bytes: Uint8Array, name: OutputName): CaptureKind {
  const found = BY_CONTENT.find(([, looksLike]) => looksLike(bytes));
  if (found !== undefined) return found[0];
  if (readKernelLine(bytes) !== null) return 'uname';
  const named = kindByName(name);
  if (named === 'date') return 'date';
  if (named === 'uname') return parseUname(bytes) === null ? 'unknown' : 'uname';
  if (named === 'conntrack-statistics') return isOneNumber(bytes) ? named : 'unknown';
  return named !== null && isEmptyListing(bytes) ? named : 'unknown';
}

/** All that `conntrack -C` prints. */
function isOneNumber(bytes: Uint8Array): boolean {
  return bytes.length < 32 && /^\s*\d+\s*$/.test(decodeText(bytes, 0, bytes.length));
}

/** No output at all, or nothing but the closing line in which `conntrack` counts zero entries. */
function isEmptyListing(bytes: Uint8Array): boolean {
  if (bytes.length > 4096) return false;
  const text = decodeText(bytes, 0, bytes.length).trim();
  return text === '' || /^conntrack v\S+ \([\w-]+\): 0 flow entries have been shown\.$/.test(text);
}

function kindByName({ path, command }: OutputName): CaptureKind | null {
  // A packed file comes unpacked, under the name that it has.
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:gz|xz|zst)$/, '');
  const base = file.toLowerCase();
  const program = command === null ? null : programOf(command);
  if (program === 'date' || (command === null && /^date\b/.test(base))) return 'date';
  if (program === 'uname' || (command === null && /^uname\b/.test(base))) return 'uname';
  if (/\.(?:stderr|err|log|json|pcap)$/.test(base)) return null;
  const isConntrack = program === null ? /conntrack/.test(base) : program === 'conntrack';
  if (isConntrack) return conntrackKind(command ?? file);
  if (program === null) return /(?:^|[_-])ss(?:[_-](?!s\b)|\.txt$|$)/.test(base) ? 'ss' : null;
  return program === 'ss' && !/\s-\w*s\b/.test(command ?? '') ? 'ss' : null;
}

/** Only a listing (`-L`) that is empty says that there was nothing; events (`-E`) may yet come. */
function conntrackKind(words: string): CaptureKind | null {
  if (/(?:^|[\s_-])-?C(?![a-z])|--count\b/.test(words)) return 'conntrack-statistics';
  return /(?:^|[\s_-])-?[ES](?![a-z])|--(?:event|stats)\b|stat_nf_/.test(words)
    ? null
    : 'conntrack';
}
