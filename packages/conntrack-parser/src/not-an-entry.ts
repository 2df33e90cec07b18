import { decodeText, skipBlanks } from '@tuplescope/scan';

/**
 * Says whether a line that is no entry is one of those that stand around entries: a shell prompt with
 * its command, a `#` comment, the header of `watch`, `...`, a message of the conntrack tool itself
 * (`conntrack v1.4.7 (conntrack-tools): 2 flow entries have been shown.`), an expectation
 * (`conntrack -L expect`). They are passed over with a hint.
 *
 * @example
 * isAroundEntries(toBytes('$ conntrack -L'), 0, 14) // true
 */
export function isAroundEntries(bytes: Uint8Array, start: number, end: number): boolean {
  const at = skipBlanks(bytes, start, end);
  const text = decodeText(bytes, at, Math.min(end, at + 200)).trimEnd();
  return AROUND.some((pattern) => pattern.test(text));
}

const AROUND: readonly RegExp[] = [
  /^#/,
  /^(?:\.{2,}|…)$/,
  /^Every \d+(?:\.\d+)?s: /,
  /^(?:conntrack|conntrackd)(?:\[\d+\])?:? v\d[^ ]* \(conntrack-tools\):/,
  // fortio-server-l2-0:/ # conntrack -L
  /^[-\w@:~/.[\]() ]{0,80}[$#] ?(?:\w|$)/,
  // 300 proto=6 src=10.0.0.1 dst=10.0.0.2 …; /proc/net/nf_conntrack_expect: l3proto = 2 proto=6 …
  /^(?:-?\d+|-) (?:l3proto = \d+ )?proto=\d+ src=/,
];
