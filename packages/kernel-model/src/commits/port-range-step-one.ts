import type { Commit } from '../commit.ts';

/** Try every port of a range that the socket asks for, odd and even alike. */
export const portRangeStepOne: Commit = {
  name: 'port-range-step-one',
  hash: null,
  title: 'Try every port of a range that the socket asks for, odd and even alike',
  side: 'socket',
  since: '6.8',
  backports: [],
  effect: 'Concerns sockets with IP_LOCAL_PORT_RANGE only.',
  basis: 'read-in-source',
};
