import type { Commit } from '../commit.ts';

/** Follow a sender that exceeds the window a little. */
export const overshootAllowance: Commit = {
  name: 'overshoot-allowance',
  hash: 'cf97769c761a',
  title: 'Follow a sender that exceeds the window a little',
  side: 'tracker',
  since: '6.0',
  backports: [
    { line: '5.19', from: 9, lastWithout: 8, basis: 'assumed' },
    { line: '5.15', from: 135, lastWithout: 24, basis: 'read-in-source' },
  ],
  effect:
    "Data that ends beyond the window, by no more than the receiver's largest window, moves the limit; the packet itself is INVALID up to 6.0 and passes, ignored, with delayed-pass.",
  basis: 'read-in-source',
};
