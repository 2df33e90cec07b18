import { looksLikePcap } from '@tuplescope/pcap-reader';
import { alignClocks } from './align-clocks.ts';
import type { Capture } from './capture.ts';
import type { CapturedFile } from './captured-file.ts';
import { findInterception, findKernel, findPlacedDropRules, findSysctl } from './facts.ts';
import { hasSocketError } from './find-socket-errors.ts';
import { groupByNamespace } from './group-by-namespace.ts';
import type { Incident } from './incident.ts';
import { findPodAddresses } from './pod-addresses.ts';
import { type ReadOptions, readCapture } from './read-capture.ts';
import { groupSnapshots } from './snapshots.ts';
import { splitTranscript } from './split-transcript.ts';

/**
 * Reads captured files into incidents, one for each network namespace that they are about. Every
 * file is recognised by its content, a transcript is cut at its prompts, listings are grouped into
 * snapshots, clocks are aligned. It never throws; what is not understood is in the diagnostics.
 *
 * @param files names and bytes, each asked for when it is its turn; no path is ever opened.
 * @example
 * const [incident] = readIncidents([{ path: 'ss.txt', bytes }]);
 * incident.captures[0].content.kind // 'ss'
 */
export function readIncidents(
  files: Iterable<CapturedFile>,
  options: ReadOptions = {},
): Incident[] {
  const captures: Capture[] = [];
  for (const file of files) {
    for (const capture of readFile(file, options)) captures.push(capture);
  }
  return groupByNamespace(captures).map(({ namespace, captures: members }) => ({
    namespace,
    captures: members,
    snapshots: groupSnapshots(members),
    clocks: alignClocks(members),
    podAddresses: findPodAddresses(members),
    kernel: findKernel(members),
    interception: findInterception(members),
    dropRules: findPlacedDropRules(members),
    sysctl: (key) => findSysctl(members, key),
  }));
}

/**
 * Reads one file into its captures: one for each command that a transcript shows. Sections of a
 * transcript that no parser knows are left out where others of the same file are known, but for
 * those in which a program tells that it was refused an address.
 *
 * @example
 * readFile({ path: 'notes.md', bytes }).map(({ command }) => command) // ['ss -naoep', 'conntrack -L']
 */
export function readFile({ path, bytes }: CapturedFile, options: ReadOptions = {}): Capture[] {
  const whole = { origin: { line: 1, offset: 0 }, bytes, command: null };
  // What a packet carries may look like a prompt.
  if (looksLikePcap(bytes)) return [readCapture(path, whole, options)];
  const captures = splitTranscript(bytes).map((section) => readCapture(path, section, options));
  const isUnknown = ({ content }: Capture): boolean => content.kind === 'unknown';
  if (!captures.every(isUnknown)) {
    return captures.filter((capture) => !isUnknown(capture) || hasSocketError(capture.bytes));
  }
  return [readCapture(path, whole, options)];
}
