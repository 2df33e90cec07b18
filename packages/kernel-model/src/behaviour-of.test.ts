import { describe, expect, it } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { behaviourOf } from './behaviour-of.ts';
import { profileFor } from './profile-for.ts';
import { shippedProfile } from './profiles.ts';
import { GENERATIONS } from './testing/generations.ts';

// One column a switch, in the order of the heading; x is on. Re-init: L legacy, Y legacy+synack,
// S synOnly. Overshoot: - none, I invalid+td_end, G ignore.
const TABLE = `
      winRaw rstExact keepalive noRenewSyn rstReuse ignoreRstSysctl keepLiberal reinit overshoot ternary handleInvalid challengeRst wscaleDir rstDir rstUnack
  G0  x . . . . . . L - . . . . . .
  G1  x x x x . . x S - . . . . . .
  G2  x x . . . . . L - . . . . . .
  G3  x x x . . . . L - . . . . . .
  G4  x x x x . . x L - . . . . . .
  G5  x x x x x x . L - . . . . . .
  G6  x x x x x x x L I . . . . . .
  G7  x x x x x x . Y - . . . . . .
  G8  x x x x x x . S - . . . . . .
  G9  x x x x x x x S - . . . . . .
  G10 x x x x x x x S I . . . . . .
  G11 x x x x x x x S G x x . . . .
  G12 x x x x x x x S G x x x . . .
  G13 x x x x x x x S G x x x x . .
  G14 x x x x x x x S G x x x x x .
  G15 x x x x x x x S G x x x x x x
  G16 x x x x . . x L - . . . . x .`;

const [heading = '', ...rows] = TABLE.trim().split('\n');
const switches = heading.trim().split(/\s+/) as (keyof Behaviour)[];
const meanings: Readonly<Record<string, unknown>> = {
  x: true,
  '.': false,
  L: 'legacy',
  Y: 'legacy+synack',
  S: 'synOnly',
  '-': 'none',
  I: 'invalid+td_end',
  G: 'ignore',
};
const expected = new Map(
  rows.map((row) => {
    const [name = '', ...cells] = row.trim().split(/\s+/);
    return [name, Object.fromEntries(cells.map((cell, i) => [switches[i], meanings[cell]]))];
  }),
);

function trackerOf(id: string): unknown {
  const profile = profileFor(id).profile;
  if (profile === null) throw new Error(`no profile for ${id}`);
  const behaviour = behaviourOf(profile);
  return Object.fromEntries(switches.map((name) => [name, behaviour[name]]));
}

describe('the switches of a profile', () => {
  it.each(Object.entries(GENERATIONS))('are those of generation %s in %s', (generation, id) => {
    expect(shippedProfile(id)).not.toBeNull();
    expect(trackerOf(id)).toEqual(expected.get(generation));
  });

  it.each([
    ['G0', '4.18.0-240.el8'],
    ['G1', '4.18.0-408.el8'],
    ['G2', '4.19.79 5.3 5.4.59'],
    ['G3', '4.19.222 5.9.2 5.11.4 5.12.9'],
    ['G4', '5.4.286 5.10.198 5.10.0-30-cloud-amd64'],
    ['G5', '5.14.2 5.15.24'],
    ['G6', '5.15.135 5.15.167'],
    ['G7', '5.17-rc5'],
    ['G8', '5.17.6 5.14.21-150400.24.21-default'],
    ['G9', '5.18 5.19.0'],
    ['G10', '5.19.9 6.0.1'],
    ['G11', '6.1.0 6.1.8'],
    ['G12', '6.1.9 6.1.10 6.1.76 6.2.1 6.3.8 6.6.9 6.6.15'],
    ['G13', '6.1.77 6.1.0-47-cloud-amd64 6.6.16 6.8.1 6.12.0 6.12.43+deb12-cloud-amd64'],
    ['G13', '6.12.92 6.16.3 6.17.8 6.18.5+deb13-cloud-amd64 6.18.34 6.19 7.0.0'],
    ['G14', '6.1.176 6.1.0-56-cloud-amd64 6.12.93 6.12.116 6.18.35 6.18.44 7.1.5 7.2.13'],
    ['G15', '6.12.117+deb13-cloud-amd64 7.3.4+deb13-cloud-amd64'],
    ['G16', '5.10.262 5.10.0-46-cloud-amd64'],
  ])('are those of generation %s on %s', (generation, releases) => {
    for (const release of releases.split(' ')) {
      expect(trackerOf(release), release).toEqual(expected.get(generation));
    }
  });

  it('are all off before any commit', () => {
    expect(behaviourOf({ commits: [] })).toMatchObject({
      winRaw: false,
      reinit: 'legacy',
      overshoot: 'none',
      repeatCountsInvalid: true,
      log: { shortPacket: true, loweredTimeout: null, devices: false },
      socket: { earlySynResend: false, challengeLimit: 'host', portStart: 'counter' },
    });
  });
});

describe('the log texts of a profile', () => {
  // Read off the messages that these kernels wrote while they were recorded.
  it.each([
    ['5.4.59', false, false, false, null, false],
    ['5.10.0-46-cloud-amd64', false, false, false, null, false],
    ['5.14.2', true, false, false, null, false],
    ['5.15.135', true, false, false, null, false],
    ['5.19.0', true, true, false, null, false],
    ['6.2.1', true, true, true, 'response', false],
    ['6.1.0-47-cloud-amd64', true, true, true, 'response', false],
    ['6.1.0-56-cloud-amd64', true, true, true, 'unack', false],
    ['6.12.43+deb12-cloud-amd64', true, true, true, 'response', true],
    ['6.12.117+deb13-cloud-amd64', true, true, true, 'unack', true],
    ['6.18.5+deb13-cloud-amd64', true, true, true, 'response', true],
    ['7.3.4+deb13-cloud-amd64', true, true, true, 'unack', true],
  ])('are those that %s wrote', (release, ignored, invalid, bounds, lowered, invalidNew) => {
    const profile = profileFor(release).profile;
    expect(profile && behaviourOf(profile).log).toMatchObject({
      ignoredDirection: ignored,
      invalidDirection: invalid,
      windowBounds: bounds,
      loweredTimeout: lowered,
      invalidNew,
    });
  });
});

describe('the sockets of a profile', () => {
  // 1.04 s until the second SYN on 5.4.59, 0.01 to 0.06 s from 5.10 on, 1.01 s on the SLES kernel.
  it.each([
    ['5.4.59', false],
    ['5.4.286', false],
    ['4.18.0-408.el8', false],
    ['5.9.2', true],
    ['5.10.0-46-cloud-amd64', true],
    ['5.14.2', true],
    ['5.19.0', true],
    ['sles-15-sp4', false],
  ])('resend the SYN early or not on %s', (release, early) => {
    const profile = profileFor(release).profile;
    expect(profile && behaviourOf(profile).socket.earlySynResend).toBe(early);
  });

  it.each([
    ['5.19.0', 'host', 1000],
    ['6.0.1', 'namespace', 2_147_483_647],
  ])('share the challenge ACK budget on %s by %s', (release, limit, sysctl) => {
    const profile = profileFor(release).profile;
    expect(profile && behaviourOf(profile).socket.challengeLimit).toBe(limit);
    expect(profile?.sysctls.tcp_challenge_ack_limit).toBe(sysctl);
  });
});
