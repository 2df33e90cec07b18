import type { Place } from './place.ts';

/** What the kernel refused a program, in the program's own words. */
export interface SocketError {
  /** `EADDRINUSE`: the address is taken. `EADDRNOTAVAIL`: no local port is left, or no such address. */
  readonly code: 'EADDRINUSE' | 'EADDRNOTAVAIL';
  /** What the program was about, or null where the line does not say. */
  readonly wanted: 'listen' | 'connect' | null;
  /** The port that it wanted to listen on or to connect to, or null where the line names none. */
  readonly port: number | null;
  readonly place: Place;
}

/** Words that programs have for these errors: the symbol, the C library's text, Envoy's number. */
const WORDINGS: readonly (readonly [SocketError['code'], RegExp])[] = [
  ['EADDRINUSE', /EADDRINUSE|address already in use|connect error: 98\b/i],
  ['EADDRNOTAVAIL', /EADDRNOTAVAIL|cannot assign requested address|connect error: 99\b/i],
];

/**
 * Where the port stands, the surest first; what is tried is text without times. A number after `::`
 * is a part of an IPv6 address, after `:::` a port.
 */
const PORTS: readonly RegExp[] = [
  /(?<!(?:^|[^:]):):(\d{1,5})(?![\d.]|:\S)/g,
  /\bport\W{0,3}(\d{1,5})\b/gi,
  /['"],\s*(\d{1,5})\)/g,
  /\b(?:listen|bind)\w*\s+(\d{1,5})\b/gi,
];

/** `2026-11-22T23:06:19.123Z`, `23:06:19`: their colons are none of an address. */
const TIMES = /\d{4}[-/]\d\d[-/]\d\d[T ]?|\b\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\b/g;

/**
 * Reads a line in which a program tells that the kernel refused it an address or a port, or gives
 * null where it tells no such thing.
 *
 * @example
 * readSocketError('listen tcp :15090: bind: address already in use')
 * // { code: 'EADDRINUSE', wanted: 'listen', port: 15090 }
 */
export function readSocketError(line: string): Omit<SocketError, 'place'> | null {
  const code = WORDINGS.find(([, wording]) => wording.test(line))?.[0];
  if (code === undefined) return null;
  const text = line.replaceAll(TIMES, ' ');
  return { code, wanted: wantedIn(text), port: portIn(text) };
}

/** `dial tcp 127.0.0.6:0->127.0.0.1:8080: bind: …` is about a connection, though it could not bind. */
function wantedIn(text: string): SocketError['wanted'] {
  if (/\b(?:dial|connect)/i.test(text)) return 'connect';
  return /\b(?:listen|bind|nodePort)/i.test(text) ? 'listen' : null;
}

/** The last one that a pattern finds: what a connection goes to stands after where it comes from. */
function portIn(text: string): number | null {
  for (const pattern of PORTS) {
    const ports = [...text.matchAll(pattern)].map((match) => Number(match[1]));
    const port = ports.findLast((number) => number > 0 && number <= 65_535);
    if (port !== undefined) return port;
  }
  return null;
}
