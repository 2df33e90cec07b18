import type { Commit } from '../commit.ts';

/**
 * Evict a closing entry that holds the wanted reply tuple.
 *
 * Present in 6.6.9, absent in 6.1.10; where between is not known.
 */
export const evictClosingReply: Commit = {
  name: 'evict-closing-reply',
  hash: null,
  title: 'Evict a closing entry that holds the wanted reply tuple',
  side: 'nat',
  since: '6.6',
  lastWithout: '6.1',
  backports: [],
  effect:
    'When source NAT finds no free port, the last 32 of its attempts may throw out a TIME_WAIT or CLOSE entry that has source NAT, if the new SYN is ahead of it.',
  basis: 'read-in-source',
};
