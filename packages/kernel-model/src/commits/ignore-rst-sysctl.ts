import type { Commit } from '../commit.ts';

/**
 * Add the sysctl nf_conntrack_tcp_ignore_invalid_rst.
 *
 * SUSE has it in older branches; which ones is not known.
 */
export const ignoreRstSysctl: Commit = {
  name: 'ignore-rst-sysctl',
  hash: '1da4cd82dd18',
  title: 'Add the sysctl nf_conntrack_tcp_ignore_invalid_rst',
  side: 'tracker',
  since: '5.14',
  backports: [],
  effect:
    'With the sysctl at 1 a RST below the highest ACK is no longer INVALID. The sysctl neither causes nor cures istio #43301: that RST is judged by the window.',
  basis: 'read-in-source',
};
