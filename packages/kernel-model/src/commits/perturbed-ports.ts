import type { Commit } from '../commit.ts';

/**
 * Start the search for an ephemeral port from a table of random numbers.
 *
 * Present in 5.14.2, absent in 5.11.4; where between is not known.
 */
export const perturbedPorts: Commit = {
  name: 'perturbed-ports',
  hash: null,
  title: 'Start the search for an ephemeral port from a table of random numbers',
  side: 'socket',
  since: '5.14',
  lastWithout: '5.11',
  backports: [
    { line: '5.4', from: 286, lastWithout: 124, basis: 'read-in-source' },
    { line: '5.10', from: 198, lastWithout: 0, basis: 'read-in-source' },
  ],
  effect:
    'The next port towards a destination no longer follows one counter of the whole host, but a slot chosen by the destination.',
  basis: 'read-in-source',
};
