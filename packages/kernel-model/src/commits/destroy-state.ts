import type { Commit } from '../commit.ts';

/**
 * Tell state and timeout in DESTROY events.
 *
 * Recorded absent on 5.10.262 and present on 5.14.2; that 5.11 is the first stands in the change
 * that taught a netlink library to read it.
 */
export const destroyState: Commit = {
  name: 'destroy-state',
  hash: '86d21fc74745',
  title: 'Tell state and timeout in DESTROY events',
  side: 'event',
  since: '5.11',
  backports: [],
  effect: '`conntrack -E` shows the state that an entry had when it went; older kernels show none.',
  basis: 'recorded',
};
