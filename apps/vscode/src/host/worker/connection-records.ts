import type { Capture } from '@tuplescope/incident';
import { normalizeAddress, type Tuple } from '@tuplescope/net';
import type { SourceSpan } from '@tuplescope/scan';

/** Two ends, each as `address port`, the lesser first: the same for both directions. */
export type Pair = readonly [end: string, other: string];

/** A record, with the connections that it tells of. */
export interface ConnectionRecord {
  readonly source: SourceSpan;
  /** Number of the packet, from 1, where it is one. */
  readonly packet: number | null;
  /** One, or of a conntrack entry the tuples of both directions where NAT makes them differ. */
  readonly pairs: readonly Pair[];
}

type Ends = { readonly [End in keyof Tuple]: Tuple[End] | null };

/**
 * Gives the records of a capture that tell of a connection, in their order.
 *
 * @example
 * [...connectionRecords(capture)][0].pairs // [['10.0.0.7 44410', '127.0.0.1 15001']]
 */
export function* connectionRecords({ content }: Capture): Generator<ConnectionRecord> {
  switch (content.kind) {
    case 'ss':
      for (const { local, peer, source } of content.table) {
        const ends = { src: local.address, sport: local.port, dst: peer.address, dport: peer.port };
        yield { source, packet: null, pairs: pairsOf(ends) };
      }
      return;
    case 'conntrack':
      for (const { orig, reply, source } of content.table) {
        yield { source, packet: null, pairs: pairsOf(orig, reply) };
      }
      return;
    case 'log':
      for (const record of content.table) {
        yield { source: record.source, packet: null, pairs: pairsOf(record) };
      }
      return;
    case 'tcpdump':
    case 'pcap':
      for (const segment of content.table) {
        yield { source: segment.source, packet: segment.n, pairs: pairsOf(segment) };
      }
      return;
    default:
  }
}

/** Names a pair, for sets. */
export function pairKey([end, other]: Pair): string {
  return `${end} ${other}`;
}

/** The port of an end. */
export function portOf(end: string): number {
  return Number(end.slice(end.lastIndexOf(' ') + 1));
}

function pairsOf(...tuples: readonly Ends[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { src, sport, dst, dport } of tuples) {
    if (src === null || dst === null || sport === null || dport === null) continue;
    const [end, other] = [`${normalizeAddress(src)} ${sport}`, `${normalizeAddress(dst)} ${dport}`];
    const pair: Pair = end < other ? [end, other] : [other, end];
    pairs.set(pairKey(pair), pair);
  }
  return [...pairs.values()];
}
