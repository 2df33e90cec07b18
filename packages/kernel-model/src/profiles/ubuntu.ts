import type { Recipe } from '../profile.ts';

/** Ubuntu's own patches were not seen: each stands for the upstream kernel beneath. */
export const UBUNTU: readonly Recipe[] = [
  ubuntu('ubuntu-20.04', 'Ubuntu 20.04, 5.4', '5.4.124', [
    'Without no-syn-renewal, which came to 5.4.231 in February 2023: 5.4.0-137 is a month older.',
  ]),
  ubuntu('ubuntu-22.04-early', 'Ubuntu 22.04, 5.15 of its first months', '5.15.24'),
  ubuntu('ubuntu-22.04', 'Ubuntu 22.04, 5.15', '5.15.135'),
  ubuntu('ubuntu-22.04-hwe-5.19', 'Ubuntu 22.04 HWE, 5.19', '5.19.0', [
    'An Ubuntu update may have brought challenge-ack-fix.',
  ]),
  ubuntu('ubuntu-24.04', 'Ubuntu 24.04, 6.8', '6.8.1'),
];

function ubuntu(id: string, title: string, base: string, notes: readonly string[] = []): Recipe {
  const says = `It behaves as upstream ${base}; Ubuntu's own patches were not seen.`;
  return { id, title, family: 'ubuntu', base, claims: [{ says, basis: 'assumed' }], notes };
}
