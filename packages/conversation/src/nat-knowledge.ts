import type { Tuple } from '@tuplescope/net';

/**
 * A translation that conntrack knows: the two tuples of an entry, as `conntrack -L` and `-E` print
 * them. A connection from a pod to a service whose requests are redirected to a proxy:
 *
 *     orig  src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777
 *     reply src=127.0.0.1   dst=172.29.73.7    sport=15001 dport=44410
 */
export interface NatEntry {
  /** What the client sends, before translation. */
  readonly orig: Tuple;
  /** What conntrack expects in answer: the other end as it is after translation. */
  readonly reply: Tuple;
}

/** What is known of address translation from elsewhere; without it, sequence numbers must tell. */
export interface NatKnowledge {
  /** Entries of every time that the captures span; those that translate nothing are passed over. */
  readonly entries?: Iterable<NatEntry>;
  /** Ports that rules redirect connections to, as 15001. */
  readonly interceptionPorts?: Iterable<number>;
}
