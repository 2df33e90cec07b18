import type { Commit } from '../commit.ts';

/** Keep the challenge ACK budget by network namespace, without a limit by default. */
export const challengeLimitOff: Commit = {
  name: 'challenge-limit-off',
  hash: null,
  title: 'Keep the challenge ACK budget by network namespace, without a limit by default',
  side: 'socket',
  since: '6.0',
  backports: [],
  effect:
    'tcp_challenge_ack_limit is 2147483647 and counts by namespace; older kernels allow 500 to 1499 a second for the whole host.',
  basis: 'read-in-source',
};
