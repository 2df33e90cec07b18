import type { Commit } from '../commit.ts';

/** Log a packet that cannot begin a connection. */
export const logInvalidNew: Commit = {
  name: 'log-invalid-new',
  hash: null,
  title: 'Log a packet that cannot begin a connection',
  side: 'log',
  since: '6.8',
  backports: [],
  effect: '"invalid new" where the kernel was silent.',
  basis: 'recorded',
};
