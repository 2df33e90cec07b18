import type { Commit } from '../commit.ts';

/** Name the devices in the tracker\'s messages. */
export const logDevices: Commit = {
  name: 'log-devices',
  hash: null,
  title: "Name the devices in the tracker's messages",
  side: 'log',
  since: '5.14',
  lastWithout: '5.11',
  backports: [],
  effect: 'Messages carry IN= and OUT=, which older kernels leave empty.',
  basis: 'read-in-source',
};
