import type { Commit } from '../commit.ts';

/** Let overly delayed packets pass, ignored, instead of INVALID. */
export const delayedPass: Commit = {
  name: 'delayed-pass',
  hash: '6e250dcbff1d',
  alongside: ['d9a6f0d0df18', '09a59001b0d6'],
  title: 'Let overly delayed packets pass, ignored, instead of INVALID',
  side: 'tracker',
  since: '6.1',
  backports: [],
  effect:
    'Old data sent again and late ACKs (under the lower bounds) are no longer INVALID: they pass and change nothing. The log texts now name the bound.',
  basis: 'read-in-source',
};
