import { expect, it } from 'vitest';
import { createPod } from './create-pod.ts';
import { istioCase } from './istio-case.ts';
import type { ConnectRun } from './pod.ts';

/** Seconds, device, flags, window: what the original report's captures show of port 44410. */
type Row = readonly [at: number, hop: string, flags: string, win: number, number: number | null];

const SYN = 66001914;
const RST = 1382665639;

/** Case 1 on 5.14.21-150400.24.21: seven rounds of SYN, challenge ACK on lo and RST on eth0. */
const CASE_1: readonly Row[] = [
  0, 1.012502, 3.028498, 7.096503, 15.284509, 31.412513, 63.672511,
].flatMap((at): Row[] => [
  [at, 'lo', 'S', 62720, SYN],
  [at, 'lo', 'A', 32, RST],
  [at, 'eth0', 'R', 0, RST],
]);

const CASE_2: readonly Row[] = [
  [0, 'lo', 'S', 62720, 3587723838],
  [0.000023, 'lo', 'A', 32, 2082340714],
  [0.000034, 'lo', 'R', 0, 2082340714],
  [1.017751, 'lo', 'S', 62720, 3587723838],
  [1.017774, 'lo', 'SA', 65483, 3587723839],
  [1.017786, 'lo', 'A', 31, null],
];

function reconnect(number: 1 | 2): ConnectRun {
  const { pod, connect } = istioCase(number, '5.14.21-150400.24.21-default');
  const sockets = (pod.sockets ?? []).map((socket) => ({ ...socket, rcvScale: 11 }));
  const socket = { rcvWindow: 62_720, rcvScale: 11, mss: 8960 };
  return createPod({ ...pod, sockets }).connect({ ...connect, socket });
}

it.each([
  [1, CASE_1, 'timed-out', 127],
  [2, CASE_2, 'connected', 1.00004],
] as const)('case %i on SLES 15 SP4 goes as the original report shows', (number, rows, ...end) => {
  const run = reconnect(number);
  expect([run.outcome, run.seconds]).toEqual(end);
  const packets = run.packets.filter(({ hop }) => hop !== 'sent');
  expect(
    packets.map(({ hop, segment: { flags, win, seq, ack } }, i) => {
      // tcpdump shows no sequence number of a bare ACK.
      const shown = flags.includes('A') ? ack : seq;
      return [hop, flags, win, rows[i]?.[4] === null ? null : shown];
    }),
  ).toEqual(rows.map(([, hop, flags, win, shown]) => [hop, flags, win, shown]));
  for (const [i, { at }] of packets.entries()) {
    const recorded = rows[i]?.[0] ?? 0;
    if (at < 0.1) expect(recorded).toBeLessThan(0.1);
    else expect(recorded / at).toBeGreaterThan(1);
    expect(recorded).toBeLessThan(at * 1.06 + 0.1);
  }
});
