import type { Commit } from '../commit.ts';

/**
 * Keep an entry that an inexact RST did not close for 300 s, not 10 s.
 *
 * Between the two commits the behaviour is not known. Version order does not predict it: 7.2.13 lacks it, 6.12.117 has it.
 */
export const rstUnack: Commit = {
  name: 'rst-unack',
  hash: '73df81b38cb7',
  alongside: ['bf80e6802273'],
  title: 'Keep an entry that an inexact RST did not close for 300 s, not 10 s',
  side: 'tracker',
  since: '7.3',
  backports: [
    { line: '6.12', from: 117, lastWithout: 116, basis: 'read-in-source' },
    { line: '6.18', from: null, lastWithout: 44, basis: 'assumed' },
    { line: '7.1', from: null, lastWithout: 5, basis: 'assumed' },
    { line: '7.2', from: null, lastWithout: 13, basis: 'assumed' },
  ],
  effect:
    'A RST that leaves an entry ESTABLISHED lowers its timeout to that of unacknowledged data (300 s), so a forged RST can no longer end tracking after 10 s.',
  basis: 'read-in-source',
};
