import type { Recipe } from '../profile.ts';

/**
 * Debian's kernels by the upstream version they carry. The ABI number in `uname -r` is another:
 * 5.10.0-30 is 5.10.218, 5.10.0-46 is 5.10.262, 6.1.0-47 is 6.1.170, 6.1.0-56 is 6.1.192.
 */
export const DEBIAN: readonly Recipe[] = [
  debian(11, '5.10.218', '5.10.218-1, recorded as 5.10.0-30-cloud-amd64'),
  debian(11, '5.10.262', '5.10.262-1, recorded as 5.10.0-46-cloud-amd64'),
  debian(12, '6.1.170', '6.1.170-3, recorded as 6.1.0-47-cloud-amd64'),
  debian(12, '6.1.192', '6.1.192-2, recorded as 6.1.0-56-cloud-amd64, its source read'),
  debian(13, '6.12.43', '6.12.43-1~bpo12+1, recorded as 6.12.43+deb12-cloud-amd64'),
  debian(13, '6.12.117', '6.12.117-1, recorded as 6.12.117+deb13-cloud-amd64, its source read'),
];

function debian(release: number, base: string, build: string): Recipe {
  return {
    id: `debian-${release}-${base}`,
    title: `Debian ${release}, ${base}`,
    family: 'debian',
    base,
    claims: [{ says: `The tracker was recorded on Debian ${build}.`, basis: 'recorded' }],
  };
}
