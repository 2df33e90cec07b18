import type { Commit } from '../commit.ts';

/**
 * Do not count a repeated lookup as invalid.
 *
 * Absent in 4.19.222, present in 5.4.286; where between is not known.
 */
export const repeatNotInvalid: Commit = {
  name: 'repeat-not-invalid',
  hash: null,
  title: 'Do not count a repeated lookup as invalid',
  side: 'counter',
  since: '5.4',
  lastWithout: '4.19',
  backports: [],
  effect:
    'The counter `invalid` of `conntrack -S` no longer rises when a SYN replaces a closed entry.',
  basis: 'read-in-source',
};
