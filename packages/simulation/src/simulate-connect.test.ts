import { ALL_PROFILES, isAffected, MITIGATIONS, type Mitigation } from '@tuplescope/kernel-model';
import { describe, expect, it } from 'vitest';
import { simulateConnect } from './simulate-connect.ts';
import type { SimulatedRun } from './simulated-run.ts';
import {
  asIpv6,
  file,
  pcaps,
  profileOf,
  RECORDINGS,
  recording,
  rewrite,
  sceneOf,
  without,
} from './testing/incidents.ts';

const CASE_1 = recording('5.19.0-case1');
const KERNELS = ['5.14.2', 'sles-15-sp4', '6.2.1'];

/** `sles-15-sp4 be-liberal connected`: what came of each run. */
function told(runs: readonly SimulatedRun[]): string[] {
  return runs.map(({ profile, mitigation, outcome }) =>
    [profile, mitigation ?? 'none', outcome].join(' '),
  );
}

/** What a pod must do in which the connect of case 1 met the old socket of case 1. */
const AS_IN_CASE_1 = [
  'mainline-5.14 none connected',
  'mainline-5.14 be-liberal connected',
  'mainline-5.14 ignore-invalid-rst connected',
  'mainline-5.14 drop-invalid connected',
  'sles-15-sp4 none timed-out',
  'sles-15-sp4 be-liberal connected',
  'sles-15-sp4 ignore-invalid-rst timed-out',
  'sles-15-sp4 drop-invalid timed-out',
  'mainline-6.2 none connected',
  'mainline-6.2 be-liberal connected',
  'mainline-6.2 ignore-invalid-rst connected',
  'mainline-6.2 drop-invalid connected',
];

const options = {
  profiles: KERNELS.map(profileOf),
  mitigations: ['none', 'be-liberal', 'ignore-invalid-rst', 'drop-invalid'] as Mitigation[],
};

describe('the connect of case 1 (recorded on 5.19.0)', () => {
  it('connects on 5.14 and 6.2, times out on SLES 15 SP4, and there be-liberal alone helps', () => {
    expect(told(simulateConnect(sceneOf(CASE_1), options).runs)).toEqual(AS_IN_CASE_1);
  });

  it.each<[string, () => ReturnType<typeof sceneOf>]>([
    ['packets of capture files', () => sceneOf([...without(CASE_1, /tcpdump/), ...pcaps()])],
    ['capture files and their text', () => sceneOf([...CASE_1, ...pcaps()])],
    ['packets alone', () => sceneOf(pcaps())],
    ['no rules', () => sceneOf(without(CASE_1, /iptables/))],
    ['no conntrack listing', () => sceneOf(without(CASE_1, /conntrack/))],
    ['IPv6 addresses', () => sceneOf(rewrite(CASE_1, asIpv6))],
    ['Linkerd’s port', () => sceneOf(rewrite(CASE_1, (it) => it.replaceAll('15001', '4140')))],
    [
      'Linkerd’s port and no rules',
      () =>
        sceneOf(
          without(
            rewrite(CASE_1, (it) => it.replaceAll('15001', '4140')),
            /iptables/,
          ),
        ),
    ],
    [
      'another port, client and service',
      () =>
        sceneOf(
          rewrite(CASE_1, (it) =>
            it
              .replaceAll('44410', '50002')
              .replaceAll('172.29.73.7', '10.1.2.3')
              .replaceAll('7777', '443')
              .replaceAll('172.21.206.198', '203.0.113.9'),
          ),
        ),
    ],
    [
      'nft in place of iptables',
      () => sceneOf([...without(CASE_1, /iptables/), file('nft-list-ruleset.txt', NFT)]),
    ],
  ])('goes the same with %s', (_, scene) => {
    expect(told(simulateConnect(scene(), options).runs)).toEqual(AS_IN_CASE_1);
  });

  it('times out with none of them done on every kernel that is affected, and on no other', () => {
    const { runs } = simulateConnect(sceneOf(CASE_1), { mitigations: ['none'] });
    expect(told(runs)).toEqual(
      ALL_PROFILES.map((profile) => {
        return `${profile.id} none ${isAffected(profile) ? 'timed-out' : 'connected'}`;
      }),
    );
  }, 30_000);

  it('goes packet by packet as it was captured', () => {
    const [run] = simulateConnect(sceneOf([...CASE_1, ...pcaps()]), {
      profiles: [profileOf('5.19.0')],
      mitigations: ['none'],
    }).runs;
    const shown = run?.packets.filter(({ hop }) => hop !== 'sent') ?? [];
    // What tcpdump printed of the reconnect on lo, and of its RSTs on eth0.
    expect(
      shown.slice(0, 7).map(({ hop, segment: { src, sport, flags, seq, ack, win } }) => {
        return [hop, `${src}:${sport}`, flags, flags === 'A' ? ack : seq, win];
      }),
    ).toEqual([
      ['lo', '172.29.73.7:44410', 'S', 66001914, 62720],
      ['lo', '172.21.206.198:7777', 'A', 1382665639, 512],
      ['eth0', '172.29.73.7:44410', 'R', 1382665639, 0],
      ['lo', '172.29.73.7:44410', 'S', 66001914, 62720],
      ['lo', '172.29.73.7:44410', 'S', 66001914, 62720],
      ['lo', '172.21.206.198:7777', 'A', 1382665639, 512],
      ['eth0', '172.29.73.7:44410', 'R', 1382665639, 0],
    ]);
    expect(shown[0]?.segment).toMatchObject({
      ipId: 20402,
      options: { mss: 8960, wscale: 7, sackOK: true, ts: [736175789, 0] },
    });
    expect(shown[1]?.segment).toMatchObject({ seq: 2639327787, ipId: 17089 });
    expect(shown[1]?.segment.options?.ts?.[1]).toBe(736160300);
  });

  it('logs what the LOG rules of the incident logged', () => {
    const [run] = simulateConnect(sceneOf(CASE_1), {
      profiles: [profileOf('5.19.0')],
      mitigations: ['none'],
    }).runs;
    expect(run?.logs[0]?.text.trimEnd()).toBe(
      'ISTIO_OUTBOUND_INVALID: IN= OUT=eth0 SRC=172.29.73.7 DST=172.21.206.198 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=44410 DPT=7777 WINDOW=0 RES=0x00 RST URGP=0',
    );
  });
});

/** The rules of the recording as nft of a service mesh would have them. */
const NFT = `table inet mesh {
	chain output {
		type nat hook output priority dstnat; policy accept;
		meta l4proto tcp jump redirect-out
	}

	chain redirect-out {
		meta skuid 1337 return
		ip daddr 127.0.0.1 return
		meta l4proto tcp redirect to :15001
	}
}
`;

/** What the application's log of each recording says, and the kernel that it was recorded on. */
const RECORDED = {
  '5.10.262-case1': ['5.10.262', 'connected'],
  '5.10.262-case2': ['5.10.262', 'connected'],
  '5.14.2-case1': ['5.14.2', 'connected'],
  '5.19.0-case1': ['5.19.0', 'timed-out'],
  '5.19.0-case1-be_liberal': ['5.19.0', 'connected'],
  '5.19.0-case1-ignore_invalid_rst': ['5.19.0', 'timed-out'],
  '5.19.0-case2': ['5.19.0', 'connected'],
  '5.4.59-case1': ['5.4.59', 'connected'],
  '5.4.59-case2': ['5.4.59', 'connected'],
  '6.1.192-without-challenge-ack-fix-case1': ['6.1.192-without-challenge-ack-fix', 'timed-out'],
  '6.1.192-without-challenge-ack-fix-case1-log_invalid': [
    '6.1.192-without-challenge-ack-fix',
    'timed-out',
  ],
  '6.18.44-case1': ['6.18.44', 'connected'],
  '6.18.44-case2': ['6.18.44', 'connected'],
  '6.18.44-lab-rstdrop': ['6.18.44', 'timed-out'],
} as const;

describe('every recorded incident', () => {
  it('is in the table', () => expect(Object.keys(RECORDED).sort()).toEqual(RECORDINGS));

  it.each(Object.entries(RECORDED))('%s ends on its own kernel as it did', (name, recorded) => {
    const [kernel, outcome] = recorded;
    const scene = sceneOf(recording(name));
    const { runs } = simulateConnect(scene, {
      profiles: [profileOf(kernel)],
      mitigations: ['none'],
    });
    expect(runs.map((run) => [run.outcome, run.numbers.half])).toEqual([[outcome, 'captured']]);
    expect(scene.untranslated).toEqual([]);
  });

  it.each(RECORDINGS)('%s gives the same twice', (name) => {
    const profiles = [profileOf('5.19.0'), profileOf('7.3')];
    const once = simulateConnect(sceneOf(recording(name)), { profiles });
    expect(simulateConnect(sceneOf(recording(name)), { profiles })).toEqual(once);
  });
});

describe('a rule of the incident that drops the RST', () => {
  it('lets no mitigation help', () => {
    const { runs } = simulateConnect(sceneOf(recording('6.18.44-lab-rstdrop')), {
      profiles: [profileOf('6.18.44')],
    });
    expect(new Set(runs.map(({ outcome }) => outcome))).toEqual(new Set(['timed-out']));
  });
});

describe('numbers that no packet shows', () => {
  const unseen = sceneOf(without(CASE_1, /tcpdump/));

  it('are run in both halves: on an affected kernel one times out, on others none', () => {
    const { runs } = simulateConnect(unseen, {
      profiles: KERNELS.map(profileOf),
      mitigations: ['none'],
    });
    expect(runs.map(({ profile, numbers, outcome }) => [profile, numbers.half, outcome])).toEqual([
      ['mainline-5.14', 'ahead', 'connected'],
      ['mainline-5.14', 'behind', 'connected'],
      ['sles-15-sp4', 'ahead', 'timed-out'],
      ['sles-15-sp4', 'behind', 'connected'],
      ['mainline-6.2', 'ahead', 'connected'],
      ['mainline-6.2', 'behind', 'connected'],
    ]);
  });

  it('are those that one side of the capture lacks', () => {
    const { numbers } = sceneOf(without(CASE_1, /tcpdump-lo/));
    expect(numbers).toEqual({ isn: null, rcvNxt: 1382665639, sndNxt: 2639327787 });
  });
});

describe('what is asked for', () => {
  const scene = sceneOf(CASE_1);
  const mitigations: Mitigation[] = ['none'];

  it('is a sysctl, which shows in the run', () => {
    const { runs } = simulateConnect(scene, {
      profiles: [profileOf('sles-15-sp4')],
      sysctls: { nf_conntrack_tcp_be_liberal: 1 },
      mitigations,
    });
    expect(runs).toMatchObject([
      { outcome: 'connected', mitigation: null, sysctls: { nf_conntrack_tcp_be_liberal: 1 } },
    ]);
  });

  it('is not there on kernels that lack it, and that is told', () => {
    const sysctls = { nf_conntrack_tcp_ignore_invalid_rst: 1 };
    const profiles = [profileOf('5.4.59')];
    expect(simulateConnect(scene, { profiles, sysctls, mitigations })).toEqual({
      runs: [],
      unavailable: [
        {
          profile: 'mainline-5.4',
          mitigation: null,
          why: 'mainline-5.4 has no sysctl nf_conntrack_tcp_ignore_invalid_rst.',
        },
      ],
    });
    const { unavailable } = simulateConnect(scene, { profiles });
    expect(unavailable.map(({ mitigation }) => mitigation)).toEqual(['ignore-invalid-rst']);
  });

  it('goes over what the incident has set, which goes over the defaults of each kernel', () => {
    const liberal = sceneOf(recording('5.19.0-case1-be_liberal'));
    const profiles = [profileOf('sles-15-sp4')];
    const outcomeWith = (sysctls: object): unknown =>
      simulateConnect(liberal, { profiles, sysctls, mitigations }).runs[0]?.outcome;
    expect(outcomeWith({})).toBe('connected');
    expect(outcomeWith({ nf_conntrack_tcp_be_liberal: 0 })).toBe('timed-out');
  });

  it('is every mitigation on every profile where nothing is', () => {
    const { runs, unavailable } = simulateConnect(scene);
    expect(runs.length + unavailable.length).toBe(ALL_PROFILES.length * MITIGATIONS.length);
  }, 30_000);
});
