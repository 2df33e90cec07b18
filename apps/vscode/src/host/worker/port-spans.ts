import { decodeText, isDigit } from '@tuplescope/scan';

/** A piece of a text, in byte offsets. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

const PORT_KEYS = new Set(['sport', 'dport', 'SPT', 'DPT']);
const [DOT, ZERO, COLON, EQUALS] = [0x2e, 0x30, 0x3a, 0x3d];

/**
 * Finds where ports stand in a piece of captured text, as `ss` (`10.0.0.7:44410`), `conntrack`
 * (`sport=44410`), the kernel log (`SPT=44410`) and `tcpdump` (`10.0.0.7.44410`) write them; the same
 * number as a sequence number, a mark or a process id is none.
 *
 * @example
 * portSpans(toBytes('10.0.0.7:44410 pid=44410'), 0, 24, [44410]) // [{ start: 9, end: 14 }]
 */
export function portSpans(
  bytes: Uint8Array,
  start: number,
  end: number,
  ports: readonly number[],
): ByteSpan[] {
  const wanted = new Set(ports);
  const limit = Math.min(end, bytes.length);
  const spans: ByteSpan[] = [];
  for (let at = start; at < limit; at++) {
    if (!isDigit(bytes[at])) continue;
    const first = at;
    let value = 0;
    for (; at < limit && isDigit(bytes[at]); at++) {
      value = value * 10 + (bytes[at] as number) - ZERO;
    }
    // A fraction of a second (`.044410`) has zeros before it, a port has none.
    if (bytes[first] !== ZERO && wanted.has(value) && isPort(bytes, start, first, at, limit)) {
      spans.push({ start: first, end: at });
    }
  }
  return spans;
}

function isPort(
  bytes: Uint8Array,
  start: number,
  first: number,
  after: number,
  limit: number,
): boolean {
  if (first === start) return false;
  // `10.0.0.7.44410: Flags` ends in a colon; a further dot or digit belongs to an address or time.
  const next = after < limit ? bytes[after] : undefined;
  const before = bytes[first - 1];
  if (before === COLON) return next !== COLON && next !== DOT;
  if (before === DOT) return next !== DOT && dotsBefore(bytes, start, first) === 4;
  if (before !== EQUALS) return false;
  let word = first - 1;
  while (word > start && (bytes[word - 1] as number) > 0x20) word--;
  return PORT_KEYS.has(decodeText(bytes, word, first - 1));
}

/** Dots in the run of digits and dots that ends here: an IPv4 address and a port have four. */
function dotsBefore(bytes: Uint8Array, start: number, first: number): number {
  let dots = 0;
  for (let at = first - 1; at >= start; at--) {
    const byte = bytes[at] as number;
    if (byte === DOT) dots++;
    else if (!isDigit(byte)) return byte === COLON ? 4 : dots;
  }
  return dots;
}
