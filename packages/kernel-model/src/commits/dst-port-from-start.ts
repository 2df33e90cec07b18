import type { Commit } from '../commit.ts';

/**
 * Search destination ports from the first of the range.
 *
 * Seen in 6.12; where between 6.6 and 6.12 it came is not known.
 */
export const dstPortFromStart: Commit = {
  name: 'dst-port-from-start',
  hash: null,
  title: 'Search destination ports from the first of the range',
  side: 'nat',
  since: '6.12',
  lastWithout: '6.6',
  backports: [],
  effect: 'Destination NAT to a port range tries the first port first instead of a random one.',
  basis: 'read-in-source',
};
