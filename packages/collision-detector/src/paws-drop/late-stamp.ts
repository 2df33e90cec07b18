import type { Tuple } from '@tuplescope/net';
import type { Evidence } from '../finding.ts';

/** A SYN whose timestamp is lower than one that its receiver had seen before. */
export interface LateStamp {
  readonly client: Tuple;
  /** The SYN's timestamp (TSval). */
  readonly stamp: number;
  /** The timestamp that its receiver had seen before, from these ends or from this address. */
  readonly before: number;
  /** What the receiver remembers it by. */
  readonly of: 'connection' | 'address';
  readonly isConnected: boolean;
  readonly evidence: readonly Evidence[];
}

/** How much lower one timestamp is than another (RFC 7323 section 5.2); 0 or less: it is not. */
export function lateBy(stamp: number, before: number): number {
  return (before - stamp) | 0;
}
