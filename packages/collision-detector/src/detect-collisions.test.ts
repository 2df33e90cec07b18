import { Buffer } from 'node:buffer';
import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { detect, recording, told } from './testing/recordings.ts';

/** A connect that healed: the RST ended the proxy's old connection to the service too, from this port. */
const healed = (port: number): string[] => [
  'collision past 44410 envoy-sim',
  'leak past 44410 envoy-sim',
  `loose-pickup past ${port} -`,
];
const TIMED_OUT = ['collision past 44410 envoy-sim', 'leak latent 44410 envoy-sim'];

describe('detectCollisions on whole recordings', () => {
  it.each([
    ['5.4.59/case1', healed(57454)],
    ['5.4.59/case2', healed(57458)],
    ['5.10.262/case1', healed(33850)],
    ['5.10.262/case2', healed(33650)],
    ['5.14.2/case1', healed(52346)],
    ['5.19.0/case1', TIMED_OUT],
    ['5.19.0/case1-be_liberal', healed(50224)],
    ['5.19.0/case1-ignore_invalid_rst', TIMED_OUT],
    ['5.19.0/case2', healed(40108)],
    ['6.1.192-without-challenge-ack-fix/case1', TIMED_OUT],
    ['6.1.192-without-challenge-ack-fix/case1-log_invalid', TIMED_OUT],
    ['6.18.44/case1', healed(43634)],
    ['6.18.44/case2', healed(43348)],
    [
      'lab-43301',
      ['collision past 44410 python3', 'leak past 44410 python3', 'loose-pickup past 54112 -'],
    ],
    [
      'lab-43301-rstdrop',
      [
        'collision past 44410 python3',
        'collision past 44410 python3',
        'leak past 44410 python3',
        'loose-pickup past 53460 -',
      ],
    ],
    ['lab-38982-live', ['inbound-port-collision active 15058 -']],
    [
      'lab-exhaust',
      [
        'ephemeral-port-exhaustion active 7777 -',
        'ephemeral-port-exhaustion active 7778 -',
        'listener-port-taken active 40003 -',
      ],
    ],
    ['lab-invalid-rst', ['invalid-packet-reset past 40001 python3']],
    ['inbound-live-v6-nft', ['inbound-port-collision active 25058 -']],
    ['inbound-expired', ['inbound-port-collision past 25058 -', 'loose-pickup past 25058 -']],
    [
      'inbound-expired-v6-nft',
      ['inbound-port-collision past 25058 -', 'loose-pickup past 25058 -'],
    ],
    [
      'inbound-expired-rstdrop',
      ['inbound-port-collision active 25058 python3', 'loose-pickup past 25058 -'],
    ],
    ['invalid-rst', ['invalid-packet-reset past 25001 python3']],
    ['invalid-rst-v6-nft', ['invalid-packet-reset past 25001 python3']],
    ['invalid-stray', ['invalid-packet-reset past 25001 python3']],
    ['invalid-drop', []],
    ['invalid-liberal', []],
    ['backend-rst', ['invalid-packet-reset past 37858 python3']],
    ['loose-pickup', ['loose-pickup past 42136 -']],
    ['loose-pickup-v6-nft', ['loose-pickup past 55166 -']],
    ['exhaust-app', ['ephemeral-port-exhaustion active 5000 -']],
    ['exhaust-app-v6-nft', ['ephemeral-port-exhaustion active 5000 -']],
    ['listener-taken', ['listener-port-taken active 31004 python3']],
  ])('tells of %s: %j', (path, findings) => {
    expect(told(detect(recording(`recordings/${path}`)))).toEqual(findings);
  });
});

describe('detectCollisions on single snapshots', () => {
  const LATENT = ['leak latent 44410 envoy-sim'];
  const ACTIVE = ['collision active 44410 envoy-sim', 'leak active 44410 envoy-sim'];
  it.each([
    ['5.19.0/case1/1-established', []],
    ['5.19.0/case1/2-upstream-closed', []],
    ['5.19.0/case1/3-conntrack-expired', LATENT],
    ['5.19.0/case1/4-app-closed-last-ack', LATENT],
    ['5.19.0/case1/5-leaked-fin-wait-2', LATENT],
    ['5.19.0/case1/6-reconnect-0.4s', ACTIVE],
    ['5.19.0/case1/8-after', LATENT],
    ['6.18.44/case1/2-upstream-closed', []],
    ['6.18.44/case1/5-leaked-fin-wait-2', LATENT],
    ['6.18.44/case1/6-reconnect-0.4s', ['loose-pickup past 43634 -']],
    ['inbound-live-v6-nft/1-before', []],
    ['inbound-expired/1-before', []],
    ['invalid-rst/3-after', []],
    ['loose-pickup/1-before', []],
    ['lab-43301/1-app-close-wait', []],
    ['lab-43301/2-conntrack-expired', ['leak latent 44410 python3']],
    ['lab-43301/3-app-closed-leak', ['leak latent 44410 python3']],
  ])('tells of %s: %j', (path, findings) => {
    expect(told(detect(recording(`recordings/${path}`)))).toEqual(findings);
  });
});

describe('detectCollisions on the report of Istio issue 43301', () => {
  const TRANSCRIPT = recording('istio-43301-transcript.md');
  const { findings, kernel } = detect(TRANSCRIPT);
  const active = findings.find(
    ({ family, state }) => family === 'outbound-port-collision' && state === 'active',
  );

  it("names the port, the stale socket's process and the connecting one", () => {
    expect(active?.ports).toEqual([44410]);
    expect(active?.process).toEqual([
      { role: 'holder of the stale socket', name: 'envoy', pid: 51435, fd: 121 },
      { role: 'connecting', name: 'nc', pid: 144426, fd: 3 },
    ]);
    expect(active?.tuples).toEqual([
      { src: '172.29.73.7', sport: 44410, dst: '172.21.206.198', dport: 7777 },
    ]);
  });

  it('points at the very characters of sockets, entry, counters, log lines and packets', () => {
    const text = Buffer.from(TRANSCRIPT[0]?.bytes ?? []);
    const quoted = (active?.evidence ?? []).map(({ start, end }) =>
      text.subarray(start, end).toString(),
    );
    const having = (part: string): number => quoted.filter((quote) => quote.includes(part)).length;
    expect(having('FIN-WAIT-2  0  0     127.0.0.1:15001')).toBe(1);
    expect(having('SYN-SENT    0  1')).toBe(1);
    expect(having('tcp  6 108 SYN_SENT src=172.29.73.7')).toBe(1);
    expect(having('TcpExtTCPSYNChallenge')).toBe(1);
    expect(having('ISTIO_OUTBOUND_INVALID: IN= OUT=eth0')).toBe(7);
    expect(having('Flags [S], cksum 0x43fd')).toBe(1);
    expect(having('Flags [R], cksum 0x47ee')).toBe(1);
  });

  it('tells the connect that healed as a finding of its own, with another stale socket', () => {
    const healed = findings.filter(({ state }) => state === 'past');
    expect(healed.map(({ family, ports }) => [family, ports])).toEqual([
      ['outbound-port-collision', [44410]],
    ]);
    expect(healed[0]?.process).toEqual([]);
    expect(healed[0]?.summary).toContain('healed');
  });

  it('says that this kernel is known to be affected, and how sure that is', () => {
    expect(kernel.profile).toBe('sles-15-sp4');
    expect(kernel.contradictedBy).toEqual([]);
  });
});

describe('detectCollisions on capture files', () => {
  const CASE = 'recordings/5.19.0/case1';
  const sockets = recording(`${CASE}/8-after`).filter(({ path }) => path.includes('ss-'));
  const captures = recording('captures').map(({ path, bytes }) => ({
    path: path.replace('captures', CASE),
    bytes,
  }));

  it('finds the collision in packets and a listing of sockets alone', () => {
    const { findings } = detect([...captures, ...sockets]);
    const collision = findings.find(({ family }) => family === 'outbound-port-collision');
    expect(collision).toMatchObject({
      state: 'past',
      ports: [44410],
      tuples: [{ src: '172.29.73.7', sport: 44410, dst: '172.21.206.198', dport: 7777 }],
    });
    // tcpdump --number -n -r: the SYN, the ACKs that answer it, first and last, and the first RST.
    const shown = collision?.evidence.filter(({ packet }) => packet !== null) ?? [];
    expect(shown.map(({ file, packet }) => `${file.slice(CASE.length + 1)} ${packet}`)).toEqual([
      'lo.pcap 8',
      'lo.pcap 9',
      'lo.pcap 14',
      'eth0.pcap 13',
    ]);
  });

  it('lays the clock of the log over theirs as over that of their texts', () => {
    const files = recording(CASE);
    const log = files.filter(({ path }) => path.endsWith('dmesg-T.txt'));
    const clocksWith = (packets: typeof files) => readIncidents([...log, ...packets])[0]?.clocks;
    const texts = files.filter(({ path }) => path.includes('tcpdump-'));
    const [clock] = clocksWith(captures) ?? [];
    expect(clock?.file).toBe(`${CASE}/dmesg-T.txt`);
    expect(clock?.from).toContain('.pcap');
    expect(clock?.offsetSeconds).toBeCloseTo(
      clocksWith(texts)?.[0]?.offsetSeconds ?? Number.NaN,
      3,
    );
  });

  it('takes a capture and its text for the same packets', () => {
    const texts = recording(CASE);
    expect(told(detect([...texts, ...captures]))).toEqual(TIMED_OUT);
    const collisionIn = (files: typeof texts) =>
      detect(files).findings.find(({ family }) => family === 'outbound-port-collision');
    expect(collisionIn([...captures, ...texts])?.evidence).toEqual(collisionIn(texts)?.evidence);
  });
});

describe('detectCollisions and causes', () => {
  it('lays a time-out at the DROP rule that causes it, and not at the kernel', () => {
    const { findings, kernel } = detect(recording('recordings/lab-43301-rstdrop'));
    const collisions = findings.filter(({ family }) => family === 'outbound-port-collision');
    const timedOut = collisions.find(({ tuples }) => tuples[0]?.dport === 7777);
    expect(collisions.every(({ state }) => state === 'past')).toBe(true);
    expect(timedOut?.story.join(' ')).toContain('--tcp-flags RST RST -j DROP');
    expect(timedOut?.mitigations[0]?.action).toContain('Remove the rule');
    expect(JSON.stringify(findings)).not.toContain('called it INVALID');
    expect(kernel.callsResetInvalid).toBe('no');
  });

  it('lets packets contradict a uname: 6.1.192 without the fix times out', () => {
    const { kernel } = detect(recording('recordings/6.1.192-without-challenge-ack-fix/case1'));
    expect(kernel.profile).toBe('debian-12-6.1.192');
    expect(kernel.contradictedBy[0]).toMatchObject({ file: expect.stringContaining('eth0') });
    expect(kernel.callsResetInvalid).toBe('yes');
  });

  it('says that be_liberal is on already where it is', () => {
    const { findings } = detect(recording('recordings/5.19.0/case1-be_liberal'));
    const collision = findings.find(({ family }) => family === 'outbound-port-collision');
    expect(collision?.story.at(-1)).toContain('the connect succeeded');
  });
});
