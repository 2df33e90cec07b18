import type { Commit } from '../commit.ts';

/**
 * Take a RST as the answer to a SYN only when it comes from the other side.
 *
 * Older lines have it, so it must have come to 5.15, 6.6 and 7.0 too if they lived; nobody saw where.
 */
export const rstDirection: Commit = {
  name: 'rst-direction',
  hash: 'b39d6aeb89d6',
  title: 'Take a RST as the answer to a SYN only when it comes from the other side',
  side: 'tracker',
  since: '7.1',
  backports: [
    { line: '5.10', from: 262, lastWithout: 218, basis: 'recorded' },
    { line: '5.15', from: null, lastWithout: 180, basis: 'assumed' },
    { line: '6.1', from: 176, lastWithout: 175, basis: 'vendor-patch' },
    { line: '6.6', from: null, lastWithout: 90, basis: 'assumed' },
    { line: '6.12', from: 93, lastWithout: 92, basis: 'vendor-patch' },
    { line: '6.18', from: 35, lastWithout: 34, basis: 'vendor-patch' },
    { line: '7.0', from: null, lastWithout: 0, basis: 'assumed' },
  ],
  effect: 'A RST from the very side that sent the SYN has to pass the window test like any other.',
  basis: 'read-in-source',
};
