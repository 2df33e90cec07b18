import { describe, expect, it } from 'vitest';
import {
  type IncidentPacket,
  type IncidentRecording,
  readIncidentRecordings,
} from '../testing/incident-recordings.ts';
import { createPod } from './create-pod.ts';
import { istioOutbound } from './istio-outbound.ts';
import type { ConnectRun } from './pod.ts';
import type { PodPacket } from './pod-packet.ts';

const recordings = readIncidentRecordings();

/** Connects again in a pod that is as the recorded one was. */
function simulate(recording: IncidentRecording): ConnectRun {
  const { kernel, sysctls, socket, isn, packets } = recording;
  const syn = packets[0] as IncidentPacket;
  const synAck = packets.find(({ flags }) => flags === 'SA');
  const istio = istioOutbound();
  const listener = {
    ...istio.sockets[0],
    state: 'LISTEN' as const,
    local: '127.0.0.1:15001',
    sndNxt: synAck?.seq ?? 0,
    rcvScale: socket.rcvScale,
    timestamps: socket.timestamps,
  };
  const pod = createPod({
    profile: kernel,
    sysctls,
    addresses: ['172.29.73.7'],
    nat: istio.nat,
    rules: istio.rules,
    sockets: [
      listener,
      {
        ...socket,
        state: 'FIN-WAIT-2',
        uid: 1337,
        local: '127.0.0.1:15001',
        peer: '172.29.73.7:44410',
      },
    ],
  });
  return pod.connect({
    sport: 44410,
    to: '172.21.206.198:7777',
    isn,
    timeoutSeconds: 10,
    socket: {
      rcvWindow: syn.win,
      rcvScale: syn.options?.wscale ?? 0,
      mss: syn.options?.mss ?? 0,
      nextIpId: syn.ipId ?? 0,
      timestamps: { offset: syn.options?.ts?.[0] ?? 0 },
    },
  });
}

/** What of a packet must be as recorded to the last bit: all but times. */
function exact(packet: IncidentPacket): unknown {
  const { at, options, ...rest } = packet;
  const { ts, ...other } = options ?? {};
  return { ...rest, options: { ...other, hasTimestamps: ts !== undefined } };
}

/** The captured hops of a run, as the recordings have them. */
function captured(run: ConnectRun): IncidentPacket[] {
  const onDevice = run.packets.filter(({ hop }) => hop !== 'sent');
  return onDevice.map(({ at, hop, segment }: PodPacket) => {
    const { n, interface: device, ttl, truncated, ...rest } = segment;
    return { ...rest, at, hop } as IncidentPacket;
  });
}

/** How far a timestamp is from the packet's time, in milliseconds: the sender's clock. */
function clock({ at, options }: IncidentPacket): number {
  return options?.ts === undefined ? 0 : options.ts[0] - at * 1000;
}

function synTimes(packets: readonly IncidentPacket[]): number[] {
  return packets.filter(({ flags }) => flags === 'S').map(({ at }) => at);
}

describe.each(recordings.map((one) => [`${one.kernel}, ${one.name}`, one] as const))(
  'the recorded reconnect on %s',
  (_, recording) => {
    const run = simulate(recording);
    const packets = captured(run);

    it('has the same outcome', () => {
      const [, word, seconds] =
        /(connected|timed out) after ([\d.]+)s/.exec(recording.result) ?? [];
      expect(run.outcome).toBe(word === 'connected' ? 'connected' : 'timed-out');
      expect(Number(seconds) - run.seconds).toBeGreaterThan(-0.001);
      expect(Number(seconds) - run.seconds).toBeLessThan(0.1);
    });

    it('has the same packets on the same devices, number by number', () => {
      expect(packets.map(exact)).toEqual(recording.packets.map(exact));
    });

    it('sends its SYNs when the recorded kernel did', () => {
      const recorded = synTimes(recording.packets);
      const modelled = synTimes(packets);
      for (let i = 1; i < recorded.length; i++) {
        const pause = (recorded[i] as number) - (recorded[i - 1] as number);
        const timer = (modelled[i] as number) - (modelled[i - 1] as number);
        if (timer < 0.1) {
          expect(pause).toBeLessThan(0.1);
        } else {
          expect(pause / timer).toBeGreaterThanOrEqual(1);
          expect(pause / timer).toBeLessThan(1.06);
        }
      }
      expect(modelled).toHaveLength(recorded.length);
    });

    it('has timestamps by the same clocks, and the old value echoed', () => {
      for (const [i, packet] of packets.entries()) {
        const wanted = recording.packets[i] as IncidentPacket;
        expect(Math.abs(clock(packet) - clock(wanted))).toBeLessThan(25);
        const isChallenge = packet.flags === 'A' && packet.sport === 7777;
        if (isChallenge) expect(packet.options?.ts?.[1]).toBe(wanted.options?.ts?.[1]);
      }
    });

    it('raises the same counters by as much', () => {
      const wanted = recording.counters;
      const names = Object.keys(wanted);
      const raised = Object.fromEntries(
        Object.entries(run.counters).filter(([name]) => names.includes(name)),
      );
      expect(raised).toEqual(wanted);
      const others = Object.keys(run.counters).filter((name) => !names.includes(name));
      expect(others).toEqual(['TcpActiveOpens']);
    });

    it('logs the same lines', () => {
      const withoutStamps = (line: string): string => line.replace(/(0101080A)\w{8}/, '$1');
      expect(run.logs.map(({ text }) => withoutStamps(text.trimEnd()))).toEqual(
        recording.logs.map((line) => withoutStamps(line.trimEnd())),
      );
    });
  },
);
