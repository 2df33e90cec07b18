import { isAffected } from '@tuplescope/kernel-model';
import { describe, expect, it } from 'vitest';
import { readIncidentPackets } from './captured-packets.ts';
import { compareProfiles } from './compare-profiles.ts';
import { nearestProfiles } from './nearest-profiles.ts';
import { INCIDENTS, kernelOf, profileNamed, readRecording } from './testing/recordings.ts';

describe.each(INCIDENTS)('the packets of %s', (name) => {
  const compared = compareProfiles(readIncidentPackets(readRecording(name)));
  const fitting = compared.filter(({ contradictions }) => contradictions.length === 0);

  it('do not rule out the kernel that they were captured on', () => {
    const [own] = compareProfiles(readIncidentPackets(readRecording(name)), {
      profiles: [kernelOf(name)],
    });
    expect(own?.contradictions).toEqual([]);
  });

  it('leave profiles that they cannot tell apart', () => {
    expect(fitting.length).toBeGreaterThan(1);
  });
});

describe.each([
  ['5.19.0-case1', true],
  ['6.1.192-without-challenge-ack-fix-case1', true],
  ['5.10.262-case1', false],
  ['6.18.44-case1', false],
])('case 1 on %s', (name, affected) => {
  const compared = compareProfiles(readIncidentPackets(readRecording(name)));

  it(`leaves only profiles that are ${affected ? '' : 'not '}affected`, () => {
    const fitting = compared.filter(({ contradictions }) => contradictions.length === 0);
    expect(fitting.map(({ profile }) => isAffected(profile))).toEqual(fitting.map(() => affected));
  });

  it('rules every profile of the other outcome out by the RST', () => {
    const others = compared.filter(({ profile }) => isAffected(profile) !== affected);
    expect(others.length).toBeGreaterThan(3);
    const reset = affected ? { file: 'eth0.pcap', n: 13 } : { file: 'lo.pcap', n: 10 };
    for (const { contradictions } of others) {
      expect(contradictions).toContainEqual(expect.objectContaining(reset));
    }
  });
});

it('tells kernels that send the SYN again at once from those that wait a second', () => {
  const late = compareProfiles(readIncidentPackets(readRecording('5.4.59-case1')));
  const fitting = late.filter(({ contradictions }) => contradictions.length === 0);
  expect(fitting.map(({ profile }) => profile.commits.includes('early-syn-resend'))).toEqual(
    fitting.map(() => false),
  );
  const early = late.find(({ profile }) => profile.id === 'stable-5.10.198');
  expect(early?.contradictions.map(({ why }) => why)).toEqual([
    'This kernel sends the SYN again at once after an unacceptable ACK; the capture shows it after 1.042 s.',
  ]);
});

it('finds the kernel that a uname hides: the same without one commit', () => {
  const packets = readIncidentPackets(readRecording('6.1.192-without-challenge-ack-fix-case1'));
  const near = nearestProfiles(packets, profileNamed('debian-12-6.1.192'));
  expect(near.map(({ id }) => id)).toContain('debian-12-6.1.192-without-challenge-ack-fix');
});
