import type { Commit } from '../commit.ts';

/** Keep the be-liberal mark when options are parsed. */
export const keepLiberal: Commit = {
  name: 'keep-liberal',
  hash: 'f2dd495a8d58',
  title: 'Keep the be-liberal mark when options are parsed',
  side: 'tracker',
  since: '5.18-rc1',
  backports: [
    { line: '5.4', from: 286, lastWithout: 59, basis: 'read-in-source' },
    { line: '5.10', from: 198, lastWithout: 0, basis: 'read-in-source' },
    { line: '5.15', from: 135, lastWithout: 24, basis: 'read-in-source' },
    { line: 'el8', from: 394, lastWithout: 240, basis: 'read-in-source' },
  ],
  effect:
    'A connection picked up in the middle stays exempt from window tests after a SYN or a resync, instead of losing that with the first options.',
  basis: 'read-in-source',
};
