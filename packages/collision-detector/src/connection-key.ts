import { formatEndpoint, normalizeAddress, type Tuple } from '@tuplescope/net';

/** Gives a text that is the same for both directions of a connection: a key for maps and sets. */
export function connectionKey({ src, sport, dst, dport }: Tuple): string {
  const ends = [
    formatEndpoint({ address: normalizeAddress(src), port: sport }),
    formatEndpoint({ address: normalizeAddress(dst), port: dport }),
  ];
  return ends.sort().join(' ');
}
