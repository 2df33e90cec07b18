import type { Commit } from '../commit.ts';

/**
 * Accept the RST that answers a challenge ACK.
 *
 * It names c7aab4f17021 as what it fixes. Release candidate 6 or 7 of 6.2; which is not known.
 */
export const challengeAckFix: Commit = {
  name: 'challenge-ack-fix',
  hash: 'c410cb974f2b',
  title: 'Accept the RST that answers a challenge ACK',
  side: 'tracker',
  since: '6.2-rc7',
  lastWithout: '6.2-rc5',
  backports: [{ line: '6.1', from: 9, lastWithout: 8, basis: 'vendor-patch' }],
  effect:
    'The cure of istio #43301: in SYN_SENT a RST whose sequence number is what the ignored challenge ACK acknowledged is accepted whatever the window says.',
  basis: 'read-in-source',
};
