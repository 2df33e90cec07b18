import {
  classifyPastedLine,
  decodeText,
  judgedHead,
  LineScanner,
  skipBlanks,
  startsWithAt,
  trimEnd,
} from '@tuplescope/scan';
import { readUnameLine } from './parse-uname.ts';

/**
 * Says whether bytes are `uname -a`, `uname -r` or /proc/version and nothing else but prompts,
 * comments and blank lines. A release alone must end in more than numbers (`-generic`, `.el9`):
 * `5.14.2` may be the version of anything.
 *
 * @example
 * looksLikeUname(toBytes('Linux vm 5.19.0 #1 SMP x86_64 GNU/Linux\n')) // true
 */
export function looksLikeUname(input: Uint8Array): boolean {
  const bytes = judgedHead(input);
  const lines = new LineScanner(bytes);
  let found = false;
  while (lines.next()) {
    const start = skipBlanks(bytes, lines.start, lines.end);
    const end = trimEnd(bytes, start, lines.end);
    if (start === end || classifyPastedLine(bytes, start, end) !== null) continue;
    if (!isUnameLine(bytes, start, end)) return false;
    found = true;
  }
  return found;
}

function isUnameLine(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 1024) return false;
  const text = decodeText(bytes, start, end);
  const isNamed = startsWithAt(bytes, start, end, 'Linux ');
  const isDistinct = isNamed || /^\d+\.\d+\.\d+[-.+~_]\S*[a-z]/.test(text);
  return (
    isDistinct && !text.includes('] ') && readUnameLine(text, { line: 1, start, end }) !== null
  );
}
