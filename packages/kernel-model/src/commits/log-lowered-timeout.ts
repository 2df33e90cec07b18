import type { Commit } from '../commit.ts';

/** Say "lowered timeout to UNACK" after the window message. */
export const logLoweredTimeout: Commit = {
  name: 'log-lowered-timeout',
  hash: '2d19b95c9723',
  title: 'Say "lowered timeout to UNACK" after the window message',
  side: 'log',
  since: '7.2',
  backports: [
    { line: '6.1', from: 184, lastWithout: 183, basis: 'vendor-patch' },
    { line: '6.6', from: null, lastWithout: 90, basis: 'assumed' },
    { line: '6.12', from: 104, lastWithout: 103, basis: 'vendor-patch' },
    { line: '6.18', from: null, lastWithout: 5, basis: 'assumed' },
    { line: '7.1', from: null, lastWithout: 5, basis: 'assumed' },
  ],
  effect: 'Replaces "packet (index %d, dir %d) response for index %d lower timeout to %u".',
  basis: 'assumed',
};
