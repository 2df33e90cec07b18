import type { Recipe } from '../profile.ts';

/** Kernels of RHEL 8, CentOS Stream 8 and Rocky Linux 8, by build number of 4.18.0-N.el8. */
export const RED_HAT: readonly Recipe[] = [
  redHat(147, 'RHEL 8, 4.18.0-147'),
  redHat(240, 'RHEL 8.3, 4.18.0-240'),
  redHat(394, 'RHEL 8, 4.18.0-394 to -408', [
    'A later build may have challenge-ack-fix; none was seen.',
  ]),
];

function redHat(build: number, title: string, notes: readonly string[] = []): Recipe {
  const base = `4.18.0-${build}.el8`;
  const says = `The tracker of ${base} was read in source and run.`;
  return {
    id: `rhel-8-${build}`,
    title,
    family: 'red-hat',
    base,
    claims: [{ says, basis: 'read-in-source' }],
    notes,
  };
}
