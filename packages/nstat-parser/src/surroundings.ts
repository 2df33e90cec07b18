import { classifyPastedLine, decodeText, startsWithAt, wordEnd } from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import { newContext } from './parse-context.ts';

/** What nstat and netstat say of themselves, on standard error. */
const MESSAGES = ['nstat: ', 'netstat: ', 'unknown '];

/** What netstat says when it could not read a file to its end: counters are missing. */
const FAILURES = ['error parsing ', 'Problem while parsing ', 'cannot open '];

/**
 * Passes over a line that holds no counter but does no harm, and says so with a hint: what people
 * paste along, a message of the tool. False where it is none.
 */
export function readSurrounding(block: Block, start: number): boolean {
  const { bytes, lines, context } = block;
  const { end } = lines;
  if (FAILURES.some((text) => startsWithAt(bytes, start, end, text))) {
    report(block, 'warning', start, end, 'a file that netstat could read');
    return true;
  }
  const pasted = classifyPastedLine(bytes, start, end);
  // Another command begins: what was open of the one before it is over.
  if (pasted === 'command') Object.assign(context, newContext());
  const isForgiven =
    pasted !== null || MESSAGES.some((text) => startsWithAt(bytes, start, end, text));
  if (isForgiven) report(block, 'hint', start, end, 'a counter');
  return isForgiven;
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
