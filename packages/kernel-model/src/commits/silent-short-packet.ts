import type { Commit } from '../commit.ts';

/** Say nothing about a packet too short for a TCP header. */
export const silentShortPacket: Commit = {
  name: 'silent-short-packet',
  hash: null,
  title: 'Say nothing about a packet too short for a TCP header',
  side: 'log',
  since: '5.0',
  backports: [],
  effect: 'The message "short packet" is gone; the verdict is INVALID as before.',
  basis: 'read-in-source',
};
