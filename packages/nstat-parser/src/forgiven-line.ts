import { decodeText, indexOfByte, isBlank, startsWithAt, wordEnd } from '@tuplescope/scan';
import { type Block, emptyContext, report } from './block.ts';

const HASH = 0x23;
const DOLLAR = 0x24;

/** What nstat and netstat say of themselves, on standard error. */
const MESSAGES = ['nstat: ', 'netstat: ', 'unknown '];

/** What netstat says when it could not read a file to its end: counters are missing. */
const FAILURES = ['error parsing ', 'Problem while parsing ', 'cannot open '];

/**
 * Passes over a line that holds no counter but does no harm, and says so with a hint: a comment, a
 * shell prompt, a `watch` header, a line of dots, a message of the tool. False where it is none.
 */
export function forgiveLine(block: Block, start: number): boolean {
  const { bytes, lines, context } = block;
  const { end } = lines;
  if (FAILURES.some((text) => startsWithAt(bytes, start, end, text))) {
    report(block, 'warning', start, end, 'a file that netstat could read');
    return true;
  }
  const isPrompt = isShellPrompt(bytes, start, end);
  // Another command begins: what was open of the one before it is over.
  if (isPrompt) Object.assign(context, emptyContext());
  const isHarmless =
    isPrompt ||
    startsWithAt(bytes, start, end, 'Every ') ||
    MESSAGES.some((text) => startsWithAt(bytes, start, end, text)) ||
    isRuler(bytes, start, end);
  if (isHarmless) report(block, 'hint', start, end, 'a counter');
  return isHarmless;
}

/**
 * Passes over a line that begins with `#`: the header that nstat prints in silence, a comment with
 * a hint.
 *
 *     #kernel
 *     #4711.1804289383 sampling_interval=1 time_const=60
 */
export function readHashLine(block: Block, start: number): void {
  const { bytes, lines } = block;
  const sourceEnd = wordEnd(bytes, start, lines.end);
  const source = decodeText(bytes, start, Math.min(sourceEnd, start + 40));
  if (source === '#kernel') return;
  const options = sourceEnd + 1;
  if (startsWithAt(bytes, options, lines.end, 'sampling_interval=')) return;
  report(block, 'hint', start, lines.end, 'a counter');
}

/** `user@host:/ # command`, `[root@host ~]# command`, `$ command`: a mark after two words at most. */
function isShellPrompt(bytes: Uint8Array, start: number, end: number): boolean {
  let words = 0;
  for (let i = start; i < end && words <= 2; i++) {
    if (isBlank(bytes[i])) words++;
    else if (bytes[i] === HASH || bytes[i] === DOLLAR) {
      return i + 1 === end || isBlank(bytes[i + 1]);
    }
  }
  return false;
}

/** A line of dots, dashes, arrows or code fences: no letter, no digit, no control character. */
function isRuler(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const lower = byte | 0x20;
    if (byte < 0x20 || (byte >= 48 && byte <= 57) || (lower >= 97 && lower <= 122)) return false;
  }
  return indexOfByte(bytes, 0x22, start, end) < 0;
}
