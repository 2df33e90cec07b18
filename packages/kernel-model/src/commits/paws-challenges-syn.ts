import type { Commit } from '../commit.ts';

/**
 * Answer a SYN that fails the timestamp test with a challenge ACK.
 *
 * Present in 6.6.9, absent in 6.3.8; where between is not known.
 */
export const pawsChallengesSyn: Commit = {
  name: 'paws-challenges-syn',
  hash: null,
  title: 'Answer a SYN that fails the timestamp test with a challenge ACK',
  side: 'socket',
  since: '6.6',
  lastWithout: '6.3',
  backports: [],
  effect:
    'Such a SYN counts TCPSYNChallenge; older kernels send a duplicate ACK, maybe with a D-SACK block, and count PAWSEstab only.',
  basis: 'read-in-source',
};
