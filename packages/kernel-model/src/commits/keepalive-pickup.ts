import type { Commit } from '../commit.ts';

/** Let a keep-alive be the first packet seen from a side. */
export const keepalivePickup: Commit = {
  name: 'keepalive-pickup',
  hash: '4f25434bccc2',
  title: 'Let a keep-alive be the first packet seen from a side',
  side: 'tracker',
  since: '5.10',
  backports: [
    { line: '5.9', from: 2, lastWithout: 0, basis: 'read-in-source' },
    { line: '5.8', from: null, lastWithout: 0, basis: 'assumed' },
    { line: '5.4', from: 124, lastWithout: 59, basis: 'read-in-source' },
    { line: '4.19', from: 222, lastWithout: 79, basis: 'read-in-source' },
    { line: 'el8', from: 394, lastWithout: 240, basis: 'read-in-source' },
  ],
  effect:
    'An entry picked up in the middle by a keep-alive, which is one byte below what the peer expects, no longer calls the next ACK invalid.',
  basis: 'read-in-source',
};
