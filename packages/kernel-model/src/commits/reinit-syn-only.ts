import type { Commit } from '../commit.ts';

/**
 * Start a side afresh for SYNs only, no longer for any packet.
 *
 * Meant to repair window scaling with Fast Open. SUSE carries it for SLES 15 SP3 and SP4 and an older branch.
 */
export const reinitSynOnly: Commit = {
  name: 'reinit-syn-only',
  hash: 'c7aab4f17021',
  title: 'Start a side afresh for SYNs only, no longer for any packet',
  side: 'tracker',
  since: '5.18-rc5',
  backports: [
    { line: '5.17', from: 6, lastWithout: 5, basis: 'vendor-patch' },
    { line: 'el8', from: 394, lastWithout: 240, basis: 'read-in-source' },
  ],
  effect:
    'The cause of istio #43301: the RST that answers a challenge ACK no longer moves the window to itself, so for half of all sequence numbers it is INVALID, passes without NAT, and the connect times out.',
  basis: 'read-in-source',
};
