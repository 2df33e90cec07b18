import type { Commit } from '../commit.ts';

/** Reset window scaling only when the reply side begins. */
export const scaleFromReply: Commit = {
  name: 'scale-from-reply',
  hash: 'fb366fc7541a',
  title: 'Reset window scaling only when the reply side begins',
  side: 'tracker',
  since: '6.8',
  backports: [
    { line: '6.6', from: 16, lastWithout: 15, basis: 'vendor-patch' },
    { line: '6.1', from: 77, lastWithout: 76, basis: 'vendor-patch' },
    { line: '6.7', from: null, lastWithout: 0, basis: 'assumed' },
  ],
  effect: 'A SYN sent again no longer zeroes the window scale of the original side.',
  basis: 'read-in-source',
};
