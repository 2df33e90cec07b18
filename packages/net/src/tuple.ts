import { normalizeAddress } from './address.ts';
import { formatEndpoint } from './endpoint.ts';

/** One direction of a flow, as conntrack keeps it; the protocol is known from the context. */
export interface Tuple {
  /** Source address as text. */
  readonly src: string;
  /** Source port in host order. */
  readonly sport: number;
  /** Destination address as text. */
  readonly dst: string;
  /** Destination port in host order. */
  readonly dport: number;
}

/**
 * Turns a tuple round: what an answer to it carries.
 *
 * @example
 * invertTuple({ src: '10.0.0.1', sport: 1, dst: '10.0.0.2', dport: 2 })
 * // { src: '10.0.0.2', sport: 2, dst: '10.0.0.1', dport: 1 }
 */
export function invertTuple({ src, sport, dst, dport }: Tuple): Tuple {
  return { src: dst, sport: dport, dst: src, dport: sport };
}

/**
 * Gives a text that is equal for equal tuples, whatever the spelling of their addresses: a key for
 * maps and sets.
 *
 * @example
 * tupleKey({ src: '::ffff:10.0.0.1', sport: 1, dst: '10.0.0.2', dport: 2 })
 * // '10.0.0.1 1 10.0.0.2 2'
 */
export function tupleKey({ src, sport, dst, dport }: Tuple): string {
  return `${normalizeAddress(src)} ${sport} ${normalizeAddress(dst)} ${dport}`;
}

/**
 * Writes a tuple as people read it.
 *
 * @example
 * formatTuple({ src: '10.0.0.1', sport: 1, dst: '10.0.0.2', dport: 2 }) // '10.0.0.1:1 → 10.0.0.2:2'
 */
export function formatTuple({ src, sport, dst, dport }: Tuple): string {
  const from = formatEndpoint({ address: src, port: sport });
  return `${from} → ${formatEndpoint({ address: dst, port: dport })}`;
}
