import type { Commit } from '../commit.ts';

/** Name class and direction in the message of a packet without a transition. */
export const logInvalidDirection: Commit = {
  name: 'log-invalid-direction',
  hash: 'f74360d3440c',
  title: 'Name class and direction in the message of a packet without a transition',
  side: 'log',
  since: '5.19',
  backports: [],
  effect: '"packet (index 3) in dir 0 invalid, state SYN_SENT" instead of "invalid state".',
  basis: 'vendor-patch',
};
