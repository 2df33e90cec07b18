import { describe, expect, it } from 'vitest';
import { incidentKernel } from './incident-kernel.ts';
import { ISN_PERIOD, isnClock } from './isn-clock.ts';
import { portsInUse, reservedPorts } from './ports-in-use.ts';
import { type Probability, probabilityOf } from './probability.ts';
import type { Scene } from './scene.ts';
import { simulateConnect } from './simulate-connect.ts';
import {
  file,
  incidentOf,
  profileOf,
  recording,
  rewrite,
  sceneOf,
  without,
} from './testing/incidents.ts';

const CASE_1 = recording('5.19.0-case1');
const LEAKED = without(CASE_1, /tcpdump|^[124678]-/);

function probability(files = LEAKED, kernel: string | null = 'sles-15-sp4'): Probability {
  const profile = kernel === null ? null : profileOf(kernel);
  return probabilityOf(incidentOf(files), sceneOf(files), profile);
}

describe('the chance of a port', () => {
  it('is one in the ports that the kernel tries first', () => {
    // 32768-60999: 14116 even ports, as ip(7) says that even ones are for connect().
    expect(probability().collision).toBe(1 / 14_116);
    expect(probability().why).toContain('with a probability of 1 in 14116.');
  });

  it('is that of the range that was set, and nothing for the other parity', () => {
    const narrow = rewrite(LEAKED, (text) => text.replace('32768\t60999', '44400\t44419'));
    expect(probability(narrow).collision).toBe(1 / 10);
    const odd = rewrite(LEAKED, (text) => text.replace('32768\t60999', '44401\t44420'));
    expect(probability(odd).collision).toBe(0);
    expect(probability(odd).why).toContain('So no connect gets port 44410 unless');
  });

  it('grows by the ports before it that are reserved or in use', () => {
    const reserved = rewrite(LEAKED, (text) =>
      text
        .replace('32768\t60999', '44400\t44419')
        .replace('reserved_ports = ', 'reserved_ports = 44406-44408'),
    );
    // Starts at 44406 and 44408 lead to 44410 as well.
    expect(probability(reserved).collision).toBe(3 / 10);
    const used = rewrite(LEAKED, (text, path) =>
      path.includes('ss-naoep')
        ? `${text}tcp   ESTAB 0 0 172.29.73.7:44408 172.21.206.198:7777 users:(("app",pid=9,fd=3)) ino:4 sk:4 <->\n`
        : text.replace('32768\t60999', '44400\t44419'),
    );
    expect(probability(used).collision).toBe(2 / 10);
  });

  it('counts every port on which a connect meets an old socket', () => {
    const more = rewrite(LEAKED, (text, path) =>
      path.includes('ss-naoep')
        ? `${text}tcp   FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:50000 users:(("envoy-sim",pid=112,fd=9)) ino:9 sk:9 <--\n`
        : text,
    );
    expect(probability(more).anyCollision).toBeCloseTo(2 / 14_116, 12);
  });

  it('is nothing once the old socket is gone', () => {
    const healed = recording('5.10.262-case1');
    expect(probability(healed).collision).toBe(0);
    expect(probability(healed).why).toContain('The last snapshot no longer shows the old socket');
  });
});

describe('the chance to time out then', () => {
  it.each([
    ['sles-15-sp4', 0.5],
    ['5.19.0', 0.5],
    ['5.14.2', 0],
    ['6.2.1', 0],
  ])('is on %s %d', (kernel, chance) => {
    expect(probability(LEAKED, kernel).timeoutGivenCollision).toBe(chance);
  });

  it('is that of new numbers, even where those of one connect are known', () => {
    expect(probability(CASE_1).timeoutGivenCollision).toBe(0.5);
  });

  it('is nothing with be-liberal, and certain where a rule drops every RST', () => {
    expect(probability(recording('5.19.0-case1-be_liberal')).timeoutGivenCollision).toBe(0);
    const dropped = recording('6.18.44-lab-rstdrop');
    expect(probability(dropped, '6.18.44').timeoutGivenCollision).toBe(1);
  });

  it('is not said where the kernel is not known', () => {
    const { timeoutGivenCollision, why } = probability(LEAKED, null);
    expect(timeoutGivenCollision).toBeNull();
    expect(why).toContain('Which kernel this is is not known');
  });
});

describe('the clock of initial numbers', () => {
  const T0 = 1_675_529_000;
  const ISN = 1_000_000_000;
  /** An old connection of this clock, of which the client sent 100 bytes. */
  const scene = {
    clock: { old: { isn: ISN, at: T0 }, connect: null },
    numbers: { isn: null, rcvNxt: ISN + 101, sndNxt: null },
    isSameDestination: true,
  } as unknown as Scene;

  it('goes round in 274.88 s, half of which connects to the old destination fail', () => {
    expect(ISN_PERIOD).toBeCloseTo(274.88, 2);
    const clock = isnClock(scene, T0 + 1);
    // The RST is ahead once the SYN's number is more than half a circle further.
    expect((clock?.timesOutFrom ?? 0) - T0).toBeCloseTo(137.44, 2);
    expect((clock?.timesOutUntil ?? 0) - T0).toBeCloseTo(274.88, 2);
  });

  it('gives the window that is not over yet', () => {
    for (const [now, from] of [
      [T0 + 200, 137.44],
      [T0 + 280, 137.44 + 274.88],
      [T0 + 100_000 * 274.877906944 + 200, 100_000 * 274.877906944 + 137.44],
    ] as const) {
      expect((isnClock(scene, now)?.timesOutFrom ?? 0) - T0).toBeCloseTo(from, 1);
    }
  });

  it('agrees with what a simulated kernel does', () => {
    const pod = sceneOf(LEAKED);
    const clock = isnClock(scene, T0);
    for (let after = 5; after < 600; after += 30) {
      const isn = (ISN + Math.floor(after * 15_625_000)) % 2 ** 32;
      const numbers = { isn, rcvNxt: ISN + 101, sndNxt: 5 };
      const [run] = simulateConnect(
        { ...pod, numbers },
        { profiles: [profileOf('5.19.0')], mitigations: ['none'] },
      ).runs;
      const rounds = (T0 + after - (clock?.timesOutFrom ?? 0)) / ISN_PERIOD;
      const isFailing = rounds - Math.floor(rounds) < 0.5;
      expect([after, run?.outcome]).toEqual([after, isFailing ? 'timed-out' : 'connected']);
    }
  });

  it('tells nothing of another destination, without the old SYN, or of numbers set by hand', () => {
    expect(isnClock({ ...scene, isSameDestination: false }, T0)).toBeNull();
    expect(isnClock({ ...scene, clock: { old: null, connect: null } }, T0)).toBeNull();
    const connect = { isn: ISN + 15_625_000 * 100, at: T0 + 300 };
    expect(isnClock({ ...scene, clock: { ...scene.clock, connect } }, T0)).toBeNull();
    const onTime = { isn: (ISN + 15_625_000 * 300) % 2 ** 32, at: T0 + 300 };
    expect(isnClock({ ...scene, clock: { ...scene.clock, connect: onTime } }, T0)).not.toBeNull();
  });

  it('is found in packets, and told with the chance', () => {
    // The numbers of this recording are the kernel's own.
    const lab = recording('6.18.44-lab-rstdrop').filter(({ path }) => !/iptables|nft/.test(path));
    const { clock, why } = probability(lab, '5.19.0');
    expect(clock?.periodSeconds).toBe(ISN_PERIOD);
    expect(why).toMatch(/connects time out from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d UTC/);
    // Those of this one were set: the write-up's.
    expect(probability(CASE_1).clock).toBeNull();
    expect(probability(CASE_1).why).toContain('do not follow the clock of initial numbers');
  });
});

describe('ports', () => {
  it('are reserved as the sysctl lists them', () => {
    const isReserved = reservedPorts('8080, 9000-9002,x,70000-');
    expect([8080, 9000, 9002, 9003].map(isReserved)).toEqual([true, true, true, false]);
  });

  it('are in use where somebody listens, or has them to the same end', () => {
    const rows = [
      'tcp LISTEN 0 9 0.0.0.0:40000 0.0.0.0:*',
      'tcp ESTAB 0 0 10.0.0.7:40002 10.0.0.9:80',
      'tcp ESTAB 0 0 10.0.0.7:40004 10.0.0.9:81',
      'tcp SYN-SENT 0 1 10.0.0.7:40006 10.0.0.9:80',
    ];
    const { captures } = incidentOf([file('ss.txt', `${rows.join('\n')}\n`)]);
    const to = { address: '10.0.0.9', port: 80 };
    expect([...portsInUse(captures, [32_768, 60_999], to)]).toEqual([40_000, 40_002]);
    expect([...portsInUse(captures, [1, 100], to)]).toEqual([]);
  });
});

describe('the kernel of an incident', () => {
  const kernel = (name: string) =>
    incidentKernel(incidentOf(recording(name)), sceneOf(recording(name)));

  it('is that of its name', () => {
    expect(kernel('5.19.0-case1').profile?.id).toBe('mainline-5.19');
    expect(kernel('6.18.44-case1').profile?.id).toBe('6.18.44');
  });

  it('is not known where a RST left that this kernel would have let through', () => {
    const { profile, release, why } = kernel('6.1.192-without-challenge-ack-fix-case1');
    expect([profile, release]).toEqual([null, '6.1.0-56-cloud-amd64']);
    expect(why).toContain('Its name fits debian-12-6.1.192, but packets show the RST leaving');
  });

  it('is not known where nothing names it', () => {
    const files = without(CASE_1, /uname/);
    expect(incidentKernel(incidentOf(files), sceneOf(files))).toMatchObject({
      release: null,
      profile: null,
    });
  });
});
