import { classifyPastedLine, decodeText, skipBlanks } from '@tuplescope/scan';

/**
 * Says whether a line that is no entry is one of those that stand around entries: what people paste
 * along, a message of the conntrack tool itself
 * (`conntrack v1.4.7 (conntrack-tools): 2 flow entries have been shown.`), an expectation
 * (`conntrack -L expect`). They are passed over with a hint.
 *
 * @example
 * isSurrounding(toBytes('$ conntrack -L'), 0, 14) // true
 */
export function isSurrounding(bytes: Uint8Array, start: number, end: number): boolean {
  if (classifyPastedLine(bytes, start, end) !== null) return true;
  const at = skipBlanks(bytes, start, end);
  const text = decodeText(bytes, at, Math.min(end, at + 200));
  return TOOL_MESSAGE.test(text) || EXPECTATION.test(text);
}

/** A terminal shows the `^C` that ended `conntrack -E` before it. */
const TOOL_MESSAGE = /^(?:\^C)?conntrackd?(?:\[\d+\])?:? v\d[^ ]* \(conntrack-tools\):/;

/** `300 proto=6 src=10.0.0.1 …`; /proc/net/nf_conntrack_expect: `300 l3proto = 2 proto=6 src=…`. */
const EXPECTATION = /^(?:-?\d+|-) (?:l3proto = \d+ )?proto=\d+ src=/;
