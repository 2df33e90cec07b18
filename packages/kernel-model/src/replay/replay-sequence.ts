import { createTracker } from '../create-tracker.ts';
import type { NatRule } from '../nat/nat-rule.ts';
import type { Profile } from '../profile.ts';
import type { Sysctls } from '../sysctls.ts';
import type { Tracker } from '../tracker.ts';
import type { Verdict } from '../verdict.ts';
import { differences, type ModelledStep } from './differences.ts';
import { modelEntries, type SequenceTuples } from './model-entries.ts';
import { optionsFromHex } from './options-from-hex.ts';
import type { RecordedPacket, RecordedSequence } from './recorded-sequence.ts';

/** One thing that a recorded kernel did and the model does not. */
export interface Mismatch {
  /** The sequence by its seed. */
  readonly sequence: number;
  /** Place of the packet in the sequence, from 0. */
  readonly packet: number;
  /** What differs: `ctstate`, `entry.timeout`, `log`. */
  readonly field: string;
  /** What the kernel did; undefined where the recording has nothing. */
  readonly recorded: unknown;
  /** What the model says. */
  readonly modelled: unknown;
  /** The rule that decided in the model; null where time passed or entries were deleted. */
  readonly rule: string | null;
}

/** The recordings' router: service addresses, and the one server behind them. */
const NAT_RULES: readonly NatRule[] = [
  {
    hook: 'prerouting',
    match: { dst: '10.30.0.0/16', dport: 80 },
    action: { kind: 'dnat', address: '10.20.0.1', port: 8080 },
  },
];

/** The recorded sysctls that the profile's kernel has: another kernel may lack one. */
function sysctlsOf({ sysctls }: RecordedSequence, profile: Profile): Partial<Sysctls> {
  const has = (name: string): boolean => profile.sysctls[name as keyof Sysctls] !== null;
  return Object.fromEntries(
    Object.entries(sysctls).filter(([name, value]) => value !== null && has(name)),
  );
}

/**
 * Replays a recorded sequence on a profile and gives every difference, in the order of the packets.
 *
 * Compared is all that the recording has but `raw`, `opt` and `note`; of the ports that NAT chose
 * only whether there is one. After the first difference the rest may follow from it.
 *
 * @throws {TrackerError} `bad-sysctl` or `bad-packet` where the recording holds what no kernel can.
 */
export function replaySequence(sequence: RecordedSequence, profile: Profile): Mismatch[] {
  const tuples = tuplesOf(sequence);
  const tracker = createTracker({
    profile,
    sysctls: { ...sysctlsOf(sequence, profile), nf_conntrack_log_invalid: 6 },
    nat: NAT_RULES,
    seed: sequence.seed,
  });
  const mismatches: Mismatch[] = [];
  let now = 0;
  for (const [packet, step] of sequence.packets.entries()) {
    let verdict: Verdict | null = null;
    let modelled: ModelledStep;
    if (step.op === 'pkt') {
      verdict = trackRecorded(tracker, step, tuples, now);
      modelled = {
        ...modelPacket(verdict, step, sequence.nat),
        ...modelEntries(tracker, tuples, now),
      };
    } else if (step.op === 'advance') {
      now += step.sec;
      const expired = tracker.expire(now).length > 0;
      modelled = { expired, ...modelEntries(tracker, tuples, now) };
    } else {
      const deleted = [tuples.o, tuples.r].map((tuple) => tracker.delete(tuple, now));
      const had = deleted.some((entry) => entry !== null);
      modelled = { had, ...modelEntries(tracker, tuples, now) };
    }
    for (const difference of differences(step, modelled)) {
      const rule = verdict?.reason.rule ?? null;
      mismatches.push({ sequence: sequence.seed, packet, ...difference, rule });
    }
  }
  return mismatches;
}

function trackRecorded(
  tracker: Tracker,
  step: RecordedPacket,
  tuples: SequenceTuples,
  at: number,
): Verdict {
  const { seq, ack, win, len } = step;
  // The recordings write CWR as C.
  const flags = step.flags.replace('C', 'W');
  const options = optionsFromHex(step.opthex);
  return tracker.track({ at, ...tuples[step.dir], flags, seq, ack, win, len, options });
}

function modelPacket(verdict: Verdict, step: RecordedPacket, hasNat: boolean): ModelledStep {
  const { ctstate, direction, nat, dropped, events, log } = verdict;
  const sport = nat.tuple?.sport;
  const remapped = step.dir === 'o' && verdict.nat.both && sport !== undefined;
  return {
    forwarded: !dropped,
    ctstate,
    ...(ctstate === 'ESTABLISHED' ? { ctdir: direction } : {}),
    ...(hasNat ? { nat: nat.kind !== 'none' } : {}),
    ...(remapped ? { outsport: sport } : {}),
    ev: events.map(({ type, state }) => (state === null ? type : `${type}:${state}`)),
    // A blank at the end of a message was cut off by whoever recorded it.
    log: log.map((text) => text.trimEnd()),
  };
}

function tuplesOf({ client, dst, server }: RecordedSequence): SequenceTuples {
  const [from, service, behind] = [endpoint(client), endpoint(dst), endpoint(server)];
  return {
    o: { src: from.address, sport: from.port, dst: service.address, dport: service.port },
    r: { src: behind.address, sport: behind.port, dst: from.address, dport: from.port },
  };
}

function endpoint(text: string): { readonly address: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}
