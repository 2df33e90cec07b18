import type { Commit } from '../commit.ts';

/**
 * Repeat the SYN each second for the first four times.
 *
 * Present in 6.6.9, absent in 6.3; where between is not known. The 131 s are documented, not recorded.
 */
export const linearSynTimeouts: Commit = {
  name: 'linear-syn-timeouts',
  hash: null,
  title: 'Repeat the SYN each second for the first four times',
  side: 'socket',
  since: '6.6',
  lastWithout: '6.3',
  backports: [],
  effect:
    'The sysctl tcp_syn_linear_timeouts (4) exists; a connect gives up after 131 s instead of 127 s.',
  basis: 'read-in-source',
};
