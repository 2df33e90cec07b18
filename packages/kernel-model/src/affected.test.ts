import { describe, expect, it } from 'vitest';
import { explainAffected, isAffected } from './affected.ts';
import { shippedProfile } from './profiles.ts';
import { GENERATIONS } from './testing/generations.ts';

const AFFECTED = ['G1', 'G8', 'G9', 'G10', 'G11'];

describe('istio #43301', () => {
  it.each(Object.entries(GENERATIONS))('strikes generation %s as listed', (generation, id) => {
    const profile = shippedProfile(id);
    expect(profile && isAffected(profile)).toBe(AFFECTED.includes(generation));
  });

  it.each([
    ['ubuntu-20.04', false],
    ['ubuntu-22.04', false],
    ['ubuntu-22.04-early', false],
    ['ubuntu-22.04-hwe-5.19', true],
    ['ubuntu-24.04', false],
    ['debian-11-5.10.218', false],
    ['debian-11-5.10.262', false],
    ['debian-12-6.1.170', false],
    ['debian-12-6.1.192', false],
    ['debian-13-6.12.43', false],
    ['debian-13-6.12.117', false],
    ['rhel-8-240', false],
    ['rhel-8-394', true],
    ['sles-15-sp3', true],
    ['sles-15-sp4', true],
    ['amazon-linux-2-4.14', false],
    ['amazon-linux-2-5.10', false],
    ['amazon-linux-2023', false],
    ['gke-cos-5.10', false],
    ['gke-cos-6.6', false],
    ['aks-ubuntu-22.04', false],
    ['aks-azure-linux-3', false],
    ['bottlerocket-6.12', false],
  ])('strikes %s: %s', (id, affected) => {
    const profile = shippedProfile(id);
    expect(profile && isAffected(profile)).toBe(affected);
  });

  it('is explained by the two commits that decide', () => {
    expect(explainAffected({ commits: [] })).toContain('lacks reinit-syn-only');
    expect(explainAffected({ commits: ['reinit-syn-only'] })).toMatch(/^Affected .*c7aab4f17021/);
    expect(explainAffected({ commits: ['reinit-syn-only', 'challenge-ack-fix'] })).toMatch(
      /^Not affected .*c410cb974f2b/,
    );
  });
});
