import type { Family, Recipe } from '../profile.ts';

/** Kernels of cloud providers' node images: upstream beneath, the provider's patches not seen. */
export const CLOUDS: readonly Recipe[] = [
  {
    id: 'amazon-linux-2-4.14',
    title: 'Amazon Linux 2, 4.14',
    family: 'amazon',
    base: '4.14',
    with: ['raw-window', 'exact-rst'],
    claims: [
      { says: 'It is taken to behave as 4.19.79; 4.14 itself was not read.', basis: 'assumed' },
    ],
  },
  cloud('amazon', 'amazon-linux-2-5.10', 'Amazon Linux 2, 5.10', '5.10.198'),
  cloud('amazon', 'amazon-linux-2023', 'Amazon Linux 2023, 6.1', '6.1.77'),
  cloud('gke', 'gke-cos-5.10', 'GKE Container-Optimized OS, 5.10', '5.10.198'),
  cloud('gke', 'gke-cos-5.15', 'GKE Container-Optimized OS, 5.15', '5.15.135'),
  cloud('gke', 'gke-cos-6.1', 'GKE Container-Optimized OS, 6.1', '6.1.77'),
  cloud('gke', 'gke-cos-6.6', 'GKE Container-Optimized OS, 6.6', '6.6.16'),
  cloud('azure', 'aks-ubuntu-22.04', 'AKS Ubuntu 22.04, 5.15-azure', '5.15.135'),
  cloud('azure', 'aks-ubuntu-24.04', 'AKS Ubuntu 24.04, 6.8-azure', '6.8.1'),
  cloud('azure', 'aks-azure-linux-3', 'AKS Azure Linux 3, 6.6', '6.6.16'),
  cloud('bottlerocket', 'bottlerocket-5.10', 'Bottlerocket, 5.10', '5.10.198'),
  cloud('bottlerocket', 'bottlerocket-5.15', 'Bottlerocket, 5.15', '5.15.135'),
  cloud('bottlerocket', 'bottlerocket-6.1', 'Bottlerocket, 6.1', '6.1.77'),
  cloud('bottlerocket', 'bottlerocket-6.12', 'Bottlerocket, 6.12', '6.12.0'),
];

function cloud(family: Family, id: string, title: string, base: string): Recipe {
  const says = `It behaves as upstream ${base}; the provider's own patches were not seen.`;
  return { id, title, family, base, claims: [{ says, basis: 'assumed' }] };
}
