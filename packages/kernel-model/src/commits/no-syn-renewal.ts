import type { Commit } from '../commit.ts';

/** Do not renew an entry that only ever saw SYNs. */
export const noSynRenewal: Commit = {
  name: 'no-syn-renewal',
  hash: 'e15d4cdf27cb',
  title: 'Do not renew an entry that only ever saw SYNs',
  side: 'tracker',
  since: '5.14',
  backports: [
    { line: '5.4', from: 231, lastWithout: 230, basis: 'assumed' },
    { line: '5.10', from: 198, lastWithout: 0, basis: 'read-in-source' },
    { line: 'el8', from: 394, lastWithout: 240, basis: 'read-in-source' },
  ],
  effect:
    'A SYN sent again while the entry is SYN_SENT [UNREPLIED] leaves the timeout running, so a changed NAT rule takes effect 120 s after the first SYN and not never.',
  basis: 'read-in-source',
};
