import type { Commit } from '../commit.ts';

/**
 * Start the reply side afresh on a SYN/ACK sent again.
 *
 * That 5.17-rc4 is the first rests on the date of a pull request. SUSE carries a patch of it.
 */
export const reinitSynack: Commit = {
  name: 'reinit-synack',
  hash: '82b72cb94666',
  alongside: ['cc4f9d62037e'],
  title: 'Start the reply side afresh on a SYN/ACK sent again',
  side: 'tracker',
  since: '5.17-rc4',
  backports: [{ line: 'el8', from: 394, lastWithout: 240, basis: 'assumed' }],
  effect:
    'A server that restarts its sequence numbers in a second SYN/ACK is followed, instead of being INVALID ("ACK is over the upper bound" or "SEQ is over the upper bound").',
  basis: 'read-in-source',
};
