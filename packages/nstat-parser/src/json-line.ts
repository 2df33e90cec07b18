import { indexOfByte, skipBlanks, trimEnd } from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import { isCounterName } from './counter-name.ts';
import { addCounter } from './counter-value.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** How a bracket, a number, `true`, `false` and `null` begin. */
const VALUE_STARTS = '[]-0123456789tfn';

/** `{"kernel":{…}}`: counters stand in the second object. */
const COUNTER_DEPTH = 2;

/** Says whether a line begins a JSON document: a brace, and a member's name if anything. */
export function beginsJson(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== OPEN_BRACE) return false;
  const next = skipBlanks(bytes, start + 1, end);
  return next >= end || bytes[next] === QUOTE || bytes[next] === CLOSE_BRACE;
}

/** Says whether a line goes on with the JSON document that is open; if not, it was cut off. */
export function continuesJson(block: Block, start: number): boolean {
  const { bytes, context } = block;
  const byte = bytes[start] as number;
  if (byte === QUOTE || byte === COMMA || byte === CLOSE_BRACE) return true;
  if (context.jsonIgnored === 0) return false;
  // A line inside an array may begin with any value, and none begins like a line of another form.
  if (byte === OPEN_BRACE) return start > block.lines.start;
  return VALUE_STARTS.includes(String.fromCharCode(byte));
}

/**
 * Reads a line of `nstat -j`. The document is read line by line, so that a damaged line costs no
 * other, and a document that was cut off costs nothing: of each member it is known where it stands,
 * and no number is rounded unseen. Names that come twice are both kept. The inner object alone is
 * read too, as a filter may leave it.
 *
 *     {"kernel":{"IpInReceives":14,"IpInDelivers":14}}
 */
export function readJsonLine(block: Block, start: number): void {
  const { bytes, lines, context } = block;
  const end = trimEnd(bytes, start, lines.end);
  let at = start;
  while (at < end) {
    if (context.jsonIgnored > 0) at = passIgnored(block, at, end);
    else if (context.jsonDepth === 0 && at > start) {
      report(block, 'error', at, end, 'the end of the line after the JSON document');
      return;
    } else at = readToken(block, at, end);
    at = skipBlanks(bytes, at, end);
  }
}

/** Reads a brace, a comma or a member; gives the offset after it. */
function readToken(block: Block, at: number, end: number): number {
  const { bytes, context } = block;
  switch (bytes[at]) {
    case OPEN_BRACE:
      if (context.jsonDepth === 0) context.jsonDepth = 1;
      else passOver(block, at);
      return at + 1;
    case CLOSE_BRACE:
      context.jsonDepth--;
      return at + 1;
    case COMMA:
      return at + 1;
    case QUOTE:
      return readMember(block, at, end);
    default: {
      const next = memberEnd(bytes, at, end);
      report(block, 'error', at, next, 'a member of a JSON object');
      return next;
    }
  }
}

function readMember(block: Block, start: number, end: number): number {
  const { bytes, context, columns, lines } = block;
  const nameEnd = stringEnd(bytes, start, end);
  const colon = skipBlanks(bytes, nameEnd, end);
  if (colon >= end || bytes[colon] !== COLON) {
    const next = memberEnd(bytes, nameEnd, end);
    report(block, 'error', start, next, 'a name in quotes and a colon');
    return next;
  }
  const value = skipBlanks(bytes, colon + 1, end);
  if (bytes[value] === OPEN_BRACE && context.jsonDepth < COUNTER_DEPTH) {
    context.jsonDepth++;
    return value + 1;
  }
  if (bytes[value] === OPEN_BRACE || bytes[value] === OPEN_BRACKET) {
    passOver(block, value);
    return value + 1;
  }
  const next = memberEnd(bytes, bytes[value] === QUOTE ? stringEnd(bytes, value, end) : value, end);
  const valueEnd = trimEnd(bytes, value, next);
  if (!isCounterName(bytes, start + 1, nameEnd - 1)) {
    report(block, 'error', start, nameEnd, 'the name of a counter');
    return next;
  }
  const name = columns.name(bytes, start + 1, nameEnd - 1);
  const place = { line: lines.line, start, end: valueEnd };
  if (!addCounter(block, name, value, valueEnd, 0, place)) return next;
  if (next === bytes.length) {
    report(block, 'warning', value, valueEnd, 'a comma or a brace after the value, not cut off');
  }
  return next;
}

/** Reports an object or array where a counter should be; what it holds is passed over. */
function passOver(block: Block, at: number): void {
  report(block, 'error', at, at + 1, 'a number');
  block.context.jsonIgnored = 1;
}

/** Passes over a string, a bracket or a byte of what is no counter. */
function passIgnored(block: Block, at: number, end: number): number {
  const { bytes, context } = block;
  const byte = bytes[at];
  if (byte === QUOTE) return stringEnd(bytes, at, end);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) context.jsonIgnored++;
  if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) context.jsonIgnored--;
  return at + 1;
}

/** Gives the offset after a string's closing quote, or the end of the line where there is none. */
function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start + 1; i < end; i++) {
    if (bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === QUOTE) return i + 1;
  }
  return end;
}

/** Gives the offset of the next comma or closing brace, or the end of the line. */
function memberEnd(bytes: Uint8Array, start: number, end: number): number {
  const comma = indexOfByte(bytes, COMMA, start, end);
  const stop = comma < 0 ? end : comma;
  const brace = indexOfByte(bytes, CLOSE_BRACE, start, stop);
  return brace < 0 ? stop : brace;
}
