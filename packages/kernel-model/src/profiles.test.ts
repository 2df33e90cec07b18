import { describe, expect, it } from 'vitest';
import { ALL_COMMITS } from './commits.ts';
import { profileFor } from './profile-for.ts';
import { ALL_PROFILES } from './profiles.ts';

describe('the shipped profiles', () => {
  it('have ids of their own, in kebab case, that are not read as expressions', () => {
    const ids = ALL_PROFILES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z][a-z0-9.]*(-[a-z0-9.]+)+$/);
      expect(`-${id}-`).not.toMatch(/-with(out)?-/);
    }
  });

  it.each(ALL_PROFILES)('are found by their id: $id', (profile) => {
    expect(profileFor(profile.id)).toMatchObject({ profile, confidence: 'certain', probe: [] });
  });

  it('list known commits, sorted, each once, and say how they are known', () => {
    const names = ALL_COMMITS.map(({ name }) => name);
    for (const { id, commits, claims } of ALL_PROFILES) {
      expect([...new Set(commits)].sort(), id).toEqual(commits);
      expect(names, id).toEqual(expect.arrayContaining([...commits]));
      expect(claims.length, id).toBeGreaterThan(0);
    }
  });

  it('have the sysctl ignore_invalid_rst only from 5.14 on', () => {
    const sysctlOf = (id: string): number | null | undefined =>
      profileFor(id).profile?.sysctls.nf_conntrack_tcp_ignore_invalid_rst;
    expect(['5.4.59', '5.10.262', '4.18.0-408.el8'].map(sysctlOf)).toEqual([null, null, null]);
    expect(['5.14.2', '6.12.43', 'sles-15-sp4'].map(sysctlOf)).toEqual([0, 0, 0]);
  });

  it('start a namespace with the timeouts of the kernel', () => {
    expect(profileFor('mainline-5.14').profile?.sysctls).toMatchObject({
      nf_conntrack_tcp_timeout_syn_sent: 120,
      nf_conntrack_tcp_timeout_established: 432_000,
      nf_conntrack_tcp_timeout_close_wait: 60,
      nf_conntrack_tcp_timeout_close: 10,
      nf_conntrack_tcp_timeout_unacknowledged: 300,
      tcp_syn_linear_timeouts: null,
      tcp_syn_retries: 6,
    });
    expect(profileFor('6.6.9').profile?.sysctls.tcp_syn_linear_timeouts).toBe(4);
  });
});
