import type { CapturedSegment } from '../capture.ts';

type Details = Partial<CapturedSegment>;

/**
 * Makes a segment from a line as tcpdump would print it.
 *
 * @example
 * segment(1.5, '10.0.0.1:1000 > 10.0.0.2:80 SA', { seq: 7, ack: 9 })
 */
export function segment(at: number | null, line: string, details: Details = {}): CapturedSegment {
  const [from = '', , to = '', flags = ''] = line.split(' ');
  const [src, sport] = endpoint(from);
  const [dst, dport] = endpoint(to);
  return {
    n: 1,
    at,
    src,
    sport,
    dst,
    dport,
    flags: flags === '-' ? '' : flags,
    len: 0,
    truncated: false,
    ...details,
  };
}

function endpoint(text: string): [address: string, port: number] {
  const colon = text.lastIndexOf(':');
  return [text.slice(0, colon), Number(text.slice(colon + 1))];
}
