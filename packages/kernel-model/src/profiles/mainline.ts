import type { Basis } from '../basis.ts';
import type { Recipe } from '../profile.ts';

/**
 * Kernels of kernel.org. `mainline-X.Y` is the release X.Y, `stable-X.Y.Z` a later one of its line;
 * together they show every behaviour of the tracker that mainline ever had.
 */
export const MAINLINE: readonly Recipe[] = [
  stable('4.19.79', 'recorded', 'on 4.19.79'),
  stable('4.19.222', 'read-in-source', 'of 4.19.222'),
  mainline('5.3', 'read-in-source', 'of 5.3'),
  mainline('5.4', 'recorded', 'on 5.4.59'),
  stable('5.4.286', 'read-in-source', 'of 5.4.286'),
  mainline('5.10', 'read-in-source', 'of 5.11.4'),
  stable('5.10.198', 'read-in-source', 'of 5.10.198'),
  stable('5.10.262', 'recorded', "on Debian's 5.10.262"),
  mainline('5.12', 'recorded', 'on 5.12.9'),
  mainline('5.14', 'recorded', 'on 5.14.2'),
  stable('5.15.135', 'recorded', 'on 5.15.135'),
  mainline('5.17', 'read-in-source', 'of 5.17-rc5'),
  stable('5.17.6', 'assumed', 'as 5.17-rc5 with c7aab4f17021'),
  mainline('5.18', 'assumed', 'as 5.19.0'),
  mainline('5.19', 'recorded', 'on 5.19.0'),
  mainline('6.0', 'read-in-source', 'of 6.0.1'),
  mainline('6.1', 'assumed', 'as 6.1.10 without c410cb974f2b'),
  stable('6.1.9', 'read-in-source', 'of 6.1.10'),
  stable('6.1.77', 'recorded', "on Debian's 6.1.170"),
  stable('6.1.176', 'recorded', "on Debian's 6.1.192"),
  mainline('6.2', 'recorded', 'on 6.2.1'),
  mainline('6.6', 'read-in-source', 'of 6.6.9'),
  mainline('6.8', 'read-in-source', 'of 6.8.1'),
  mainline('6.12', 'recorded', "on Debian's 6.12.43"),
  stable('6.12.93', 'assumed', 'as 6.12.43 with b39d6aeb89d6'),
  stable('6.12.117', 'recorded', "on Debian's 6.12.117"),
  mainline('7.1', 'read-in-source', 'of 7.1.5'),
  mainline('7.2', 'recorded', 'on 7.2.13'),
  mainline('7.3', 'recorded', "on Debian's 7.3.4"),
];

function mainline(base: string, basis: Basis, ground: string): Recipe {
  return { ...stable(base, basis, ground), id: `mainline-${base}` };
}

function stable(base: string, basis: Basis, ground: string): Recipe {
  const claims = [{ says: `The tracker ${verbOf(basis)} ${ground}.`, basis }];
  return { id: `stable-${base}`, title: `Linux ${base}`, family: 'mainline', base, claims };
}

function verbOf(basis: Basis): string {
  if (basis === 'recorded') return 'was recorded';
  return basis === 'read-in-source' ? 'was read and run from the source' : 'is taken to behave';
}
