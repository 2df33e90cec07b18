import type { Commit } from '../commit.ts';

/** Shorten the timeout when FIN or RST keep coming out of window. */
export const invalidCloseTimeout: Commit = {
  name: 'invalid-close-timeout',
  hash: '628d694344a0',
  title: 'Shorten the timeout when FIN or RST keep coming out of window',
  side: 'tracker',
  since: '6.1',
  backports: [],
  effect:
    'Out-of-window FINs or RSTs from both sides lower a long timeout to that of unacknowledged data (300 s), so a dead entry goes in minutes and not in days.',
  basis: 'read-in-source',
};
