import type { Commit } from '../commit.ts';

/**
 * Close an assured connection only on a RST with the exact sequence number.
 *
 * Present in 5.3, absent in 5.0.1; that 5.1 was the first is an assumption.
 */
export const exactRst: Commit = {
  name: 'exact-rst',
  hash: 'be0502a3f2e9',
  title: 'Close an assured connection only on a RST with the exact sequence number',
  side: 'tracker',
  since: '5.1',
  backports: [
    { line: '4.19', from: 79, lastWithout: 0, basis: 'recorded' },
    { line: '4.14', from: null, lastWithout: 0, basis: 'assumed' },
    { line: 'el8', from: 394, lastWithout: 240, basis: 'read-in-source' },
  ],
  effect:
    'A RST that is in window but not exact leaves an ASSURED entry ESTABLISHED; every RST sets the CLOSE timeout (10 s).',
  basis: 'assumed',
};
