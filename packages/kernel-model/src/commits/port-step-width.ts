import type { Commit } from '../commit.ts';

/**
 * Let a sysctl randomise the step between ephemeral ports.
 *
 * Seen in 7.x; the first version is not known.
 */
export const portStepWidth: Commit = {
  name: 'port-step-width',
  hash: null,
  title: 'Let a sysctl randomise the step between ephemeral ports',
  side: 'socket',
  since: '7.0',
  backports: [],
  effect: 'The sysctl ip_local_port_step_width exists; at its default 0 nothing changes.',
  basis: 'assumed',
};
