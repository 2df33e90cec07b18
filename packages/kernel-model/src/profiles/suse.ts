import type { Recipe } from '../profile.ts';

/** Kernels of SUSE Linux Enterprise, from SUSE's patch files and the incident's own capture. */
export const SUSE: readonly Recipe[] = [
  {
    id: 'sles-15-sp3',
    title: 'SLES 15 SP3, 5.3.18',
    family: 'suse',
    base: '5.3.18',
    with: ['reinit-syn-only'],
    claims: [
      { says: 'SUSE has a patch of c7aab4f17021 for this branch.', basis: 'vendor-patch' },
      { says: 'All else is as in upstream 5.3.', basis: 'assumed' },
    ],
    notes: [
      'From which build on it has reinit-syn-only is not known, nor whether it has keepalive-pickup.',
    ],
  },
  {
    id: 'sles-15-sp4',
    title: 'SLES 15 SP4, 5.14.21',
    family: 'suse',
    base: '5.14.21',
    with: ['reinit-synack', 'reinit-syn-only'],
    without: ['early-syn-resend'],
    claims: [
      {
        says: 'SUSE has patches of c7aab4f17021 (bsc#1199035) and 82b72cb94666 for this branch.',
        basis: 'vendor-patch',
      },
      {
        says: 'Both cases of the incident, captured on 5.14.21-150400.24.21, follow from it.',
        basis: 'recorded',
      },
      {
        says: 'The first SYN is sent again after 1.01 s in both captures: no early-syn-resend.',
        basis: 'recorded',
      },
      { says: 'All else is as in upstream 5.14.', basis: 'assumed' },
    ],
    notes: [
      'Not known whether it has keep-liberal and overshoot-allowance; taken as absent.',
      'No SUSE patch of challenge-ack-fix was found, which proves nothing.',
    ],
  },
];
