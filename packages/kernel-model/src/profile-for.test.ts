import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { isAffected } from './affected.ts';
import { ALL_COMMITS } from './commits.ts';
import { formatKernelPoint } from './kernel-point.ts';
import { KNOWN_KERNELS } from './known-kernels.ts';
import { profileFor } from './profile-for.ts';
import type { ProfileMatch } from './profile-match.ts';
import { ALL_PROFILES } from './profiles.ts';

function ids(match: ProfileMatch): string[] {
  return match.candidates.map(({ id }) => id);
}

describe('profileFor', () => {
  it.each([
    ['5.4.59', 'mainline-5.4'],
    ['5.10.0-30-cloud-amd64', 'debian-11-5.10.218'],
    ['5.10.0-46-cloud-amd64', 'debian-11-5.10.262'],
    ['5.14.2', 'mainline-5.14'],
    ['5.15.135', 'stable-5.15.135'],
    ['5.19.0', 'mainline-5.19'],
    ['6.1.0-47-cloud-amd64', 'debian-12-6.1.170'],
    ['6.1.0-56-cloud-amd64', 'debian-12-6.1.192'],
    ['6.2.1', 'mainline-6.2'],
    ['6.12.43+deb12-cloud-amd64', 'debian-13-6.12.43'],
    ['6.12.117+deb13-cloud-amd64', 'debian-13-6.12.117'],
    ['6.18.5+deb13-cloud-amd64', 'mainline-6.12'],
    ['7.3.4+deb13-cloud-amd64', 'mainline-7.3'],
    ['4.18.0-240.el8.x86_64', 'rhel-8-240'],
    ['4.18.0-394.el8.x86_64', 'rhel-8-394'],
    ['4.18.0-408.el8.x86_64', 'rhel-8-394'],
    ['5.17-rc5', 'mainline-5.17'],
    ['Linux (none) 5.14.2 #1 Sun Nov 22 22:10:48 UTC 2026 x86_64 GNU/Linux', 'mainline-5.14'],
    [
      'Linux (none) 6.1.0-56-cloud-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16) x86_64 GNU/Linux',
      'debian-12-6.1.192',
    ],
    [
      'Linux (none) 5.10.0-46-cloud-amd64 #1 SMP Debian 5.10.262-1 (2026-07-31) x86_64 GNU/Linux',
      'debian-11-5.10.262',
    ],
  ])('is certain of a kernel that was recorded or read: %s', (release, id) => {
    const match = profileFor(release);
    expect(match.profile?.id).toBe(id);
    expect(match.confidence).toBe('certain');
    expect(ids(match)).toEqual([id]);
    expect(match.probe).toEqual([]);
  });

  it.each([
    ['5.14.21-150400.24.21-default', 'sles-15-sp4'],
    ['6.1.8', 'mainline-6.1'],
    ['6.1.9', 'stable-6.1.9'],
    ['6.1.77', 'stable-6.1.77'],
    ['5.17.6', 'stable-5.17.6'],
    ['5.17.5', 'mainline-5.17'],
    ['6.12.93', 'stable-6.12.93'],
    ['4.18.0-240.22.1.el8_3.x86_64', 'rhel-8-240'],
    ['4.18.0-400.el8.x86_64', 'rhel-8-394'],
    ['6.8.0-31-generic', 'ubuntu-24.04'],
    ['6.1.0-60-amd64', 'debian-12-6.1.192'],
    ['Linux vm 6.1.0-30-amd64 #1 SMP Debian 6.1.124-1 x86_64', 'debian-12-6.1.170'],
    ['Linux vm 6.18.44-fc-v669 #1 SMP PREEMPT_DYNAMIC @0 x86_64 GNU/Linux', '6.18.44'],
  ])('takes for likely what the versions of backports leave: %s', (release, id) => {
    const match = profileFor(release);
    expect(match.profile?.id).toBe(id);
    expect(match.confidence).toBe('likely');
    expect(ids(match)).toEqual([id]);
  });

  it.each([
    ['5.10.0-40-amd64', ['debian-11-5.10.262', 'debian-11-5.10.218']],
    ['4.18.0-305.el8.x86_64', ['rhel-8-240', 'rhel-8-394']],
    ['4.18.0-553.5.1.el8_10.x86_64', ['rhel-8-394', 'rhel-8-394-with-challenge-ack-fix']],
    ['6.2-rc6', ['mainline-6.1', 'stable-6.1.9']],
    ['5.14.21-150400.24.100-default', ['sles-15-sp4', 'sles-15-sp4-with-challenge-ack-fix']],
    ['5.14.21-150400.22.1-default', ['sles-15-sp4', 'sles-15-sp4-without-reinit-syn-only']],
    ['5.4.0-137-generic', ['ubuntu-20.04', 'ubuntu-20.04-with-keep-liberal']],
  ])('gives the candidates where several answers remain: %s', (release, candidates) => {
    const match = profileFor(release);
    expect(match.confidence).toBe('possible');
    expect(ids(match)).toEqual(candidates);
    expect(match.profile).toBe(match.candidates[0]);
  });

  it.each([
    ['5.15.0-91-generic', 'ubuntu-22.04'],
    ['5.15.0-1051-azure', 'aks-ubuntu-22.04'],
    ['6.8.0-1015-azure', 'aks-ubuntu-24.04'],
    ['5.19.0-50-generic', 'ubuntu-22.04-hwe-5.19'],
    ['4.14.355-275.570.amzn2.x86_64', 'amazon-linux-2-4.14'],
    ['5.10.210-201.852.amzn2.x86_64', 'amazon-linux-2-5.10'],
    ['6.1.79-99.164.amzn2023.x86_64', 'amazon-linux-2023'],
    ['5.15.136+', 'gke-cos-5.15'],
    ['6.6.20-cos', 'gke-cos-6.6'],
    ['6.6.57.1-1.azl3', 'aks-azure-linux-3'],
    ['5.15.136-bottlerocket', 'bottlerocket-5.15'],
    ['5.3.18-150300.59.106-default', 'sles-15-sp3'],
    ['7.4.0', 'mainline-7.3'],
  ])('says no more than possible where patches were not seen: %s', (release, id) => {
    const match = profileFor(release);
    expect(match.profile?.id).toBe(id);
    expect(match.confidence).toBe('possible');
    expect(match.probe.length).toBeGreaterThan(0);
  });

  it('knows nothing of RHEL 9 but what to look at', () => {
    const match = profileFor('5.14.0-427.13.1.el9_4.x86_64');
    expect(match).toMatchObject({ profile: null, confidence: 'unknown' });
    expect(match.candidates.map(isAffected)).toEqual([false, true, false]);
    expect(match.probe[0]?.command).toContain('rpm -q --changelog');
  });

  it('does not read an ABI number as an upstream version', () => {
    expect(profileFor('6.1.0').profile?.id).toBe('mainline-6.1');
    const debian = profileFor('6.1.0-56-amd64');
    expect(debian.profile && isAffected(debian.profile)).toBe(false);
    const stranger = profileFor('6.1.0-56-strange');
    expect(stranger.confidence).toBe('possible');
    expect(stranger.why).toContain('"-56-strange" names no vendor');
    expect(stranger.candidates.map(isAffected)).toContain(false);
  });

  it('takes the upstream version from what it asks Ubuntu for', () => {
    expect(profileFor('5.15.0-25-generic').probe[0]?.command).toBe('cat /proc/version_signature');
    const match = profileFor('Ubuntu 5.15.0-25.25-generic 5.15.24');
    expect(match).toMatchObject({ confidence: 'likely', profile: { id: 'ubuntu-22.04-early' } });
  });

  it.each(['3.10.0-1160.el7.x86_64', '4.4.0-210-generic', '2.6.32'])(
    'knows nothing of kernels as old as %s',
    (release) => {
      expect(profileFor(release)).toMatchObject({ profile: null, confidence: 'unknown' });
    },
  );

  it.each(['', 'hello', '10.0.0.1', 'Linux', 'Linux a b', '5', 'x'.repeat(5000), '\0', 'Ubuntu'])(
    'says what it expected instead of %j',
    (text) => {
      const match = profileFor(text);
      expect(match).toMatchObject({ profile: null, confidence: 'unknown', candidates: [] });
      expect(match.why).toContain('expected a profile, or a release');
    },
  );
});

describe('/proc/version', () => {
  it('is read for the kernel and not for the compiler', () => {
    const text =
      'Linux version 6.1.0-47-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.170-3 (2026-05-01)';
    expect(profileFor(text)).toMatchObject({
      profile: { id: 'debian-12-6.1.170' },
      confidence: 'certain',
    });
    const own = 'Linux version 5.14.2 (me@vm) (gcc (Debian 12.2.0-14) 12.2.0) #1 SMP';
    expect(profileFor(own).profile?.id).toBe('mainline-5.14');
  });
});

describe('an expression', () => {
  it('adds a commit to the kernel that it names', () => {
    const base = profileFor('5.15.135').profile;
    const match = profileFor('5.15.135-with-reinit-syn-only');
    expect(match.profile?.commits).toEqual([...(base?.commits ?? []), 'reinit-syn-only'].sort());
    expect(match.profile && isAffected(match.profile)).toBe(true);
    expect(match.confidence).toBe('likely');
  });

  it('removes a commit by its hash', () => {
    const match = profileFor('6.1.192-without-c410cb974f2b');
    expect(match.profile?.id).toBe('6.1.192-without-challenge-ack-fix');
    expect(match.profile && isAffected(match.profile)).toBe(true);
  });

  it('changes the sysctls with the commits', () => {
    const sysctls = profileFor('5.14.2-without-ignore-rst-sysctl').profile?.sysctls;
    expect(sysctls?.nf_conntrack_tcp_ignore_invalid_rst).toBeNull();
  });

  it('lists the allowed names where it does not know one', () => {
    const match = profileFor('5.14.2-with-nonsense');
    expect(match).toMatchObject({ profile: null, confidence: 'unknown' });
    expect(match.why).toContain('"nonsense"');
    for (const { name } of ALL_COMMITS) expect(match.why).toContain(name);
  });

  it('leaves a host name alone that looks like one', () => {
    expect(profileFor('Linux web-with-cache 5.14.2 #1 SMP x86_64').profile?.id).toBe(
      'mainline-5.14',
    );
  });

  const anyBase = fc.constantFrom(...ALL_PROFILES.map(({ id }) => id), '5.15.80', '6.1.180');
  const anyCommit = fc.constantFrom(...ALL_COMMITS);

  it('that adds and removes a commit again is the base without it', () => {
    fc.assert(
      fc.property(anyBase, anyCommit, (base, { name }) => {
        const before = profileFor(base).profile;
        const after = profileFor(`${base}-with-${name}-without-${name}`).profile;
        expect(after?.commits).toEqual(before?.commits.filter((other) => other !== name));
        if (before?.commits.includes(name) === false) expect(after).toEqual(before);
        const back = profileFor(`${base}-without-${name}-with-${name}`).profile;
        if (before?.commits.includes(name)) expect(back).toEqual(before);
      }),
    );
  });

  it('is read back from the id of the profile it makes', () => {
    fc.assert(
      fc.property(anyBase, anyCommit, anyCommit, (base, one, other) => {
        const { profile } = profileFor(`${base}-with-${one.name}-without-${other.name}`);
        expect(profileFor(profile?.id ?? '').profile).toEqual(profile);
      }),
    );
  });
});

describe('every answer', () => {
  const known = new Set(KNOWN_KERNELS.map(({ kernel }) => formatKernelPoint(kernel)));
  const version = fc
    .tuple(fc.nat({ max: 9 }), fc.nat({ max: 25 }), fc.nat({ max: 320 }))
    .map(([major, minor, patch]) => `${major}.${minor}.${patch}`);
  const suffix = fc.constantFrom(
    ...['', '+', '-rc1', '-47-amd64', '+deb13-amd64', '-91-generic', '-1051-azure', '-zen1'],
    ...['-200.fc39.x86_64', '-1.el9', '.amzn2', '-150400.24.46-default', '-8-pve'],
  );

  it('comes without a throw for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(profileFor(text).why.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is certain only of kernels that were recorded or read', () => {
    fc.assert(
      fc.property(version, suffix, (release, ending) => {
        const match = profileFor(release + ending);
        const isSure = match.confidence === 'certain' && !ending.startsWith('-47');
        expect(isSure && !known.has(release), release + ending).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('names profiles that are found again by their id', () => {
    fc.assert(
      fc.property(version, suffix, (release, ending) => {
        const { profile, candidates, confidence, probe } = profileFor(release + ending);
        for (const candidate of candidates) {
          expect(profileFor(candidate.id).profile?.commits).toEqual(candidate.commits);
        }
        if (profile !== null) expect(candidates).toContain(profile);
        if (profile === null) expect(confidence).toBe('unknown');
        if (confidence === 'possible') expect(probe.length).toBeGreaterThan(0);
      }),
    );
  });

  it('has one shape', () => {
    expectTypeOf(profileFor).returns.toEqualTypeOf<ProfileMatch>();
    expectTypeOf(profileFor).parameters.toEqualTypeOf<[release: string]>();
  });
});

describe('the known kernels', () => {
  it.each(KNOWN_KERNELS)('leave no tracker commit undecided: $kernel.line $kernel.point', (one) => {
    const suffix = one.builder === 'debian' ? '+deb13-amd64' : '';
    const match = profileFor(formatKernelPoint(one.kernel) + suffix);
    expect(match.candidates).toHaveLength(1);
    expect(match.confidence).toBe(one.builder === 'other' ? 'likely' : 'certain');
  });
});
