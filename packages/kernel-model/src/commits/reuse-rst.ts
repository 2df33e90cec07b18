import type { Commit } from '../commit.ts';

/** Judge a RST mildly when a tuple is used again. */
export const reuseRst: Commit = {
  name: 'reuse-rst',
  hash: 'c4edc3ccbc63',
  title: 'Judge a RST mildly when a tuple is used again',
  side: 'tracker',
  since: '5.14',
  backports: [],
  effect:
    'A RST for an entry that is already closing is accepted unchecked; right after a SYN the test against the highest ACK is left out; sequence number 0 has its exception.',
  basis: 'read-in-source',
};
