import { addSerial, type Tuple } from '@tuplescope/net';
import type { TcpState } from '../conntrack/tcp-state.ts';
import type { Packet } from '../packet.ts';
import type { Sysctls } from '../sysctls.ts';
import { TrackerError } from '../tracker-error.ts';
import { timeoutsByState } from './timeouts-by-state.ts';

/** A conntrack entry as `conntrack -L` shows it, with numbers if a capture or a socket has them. */
export interface EntryInput {
  readonly state: TcpState;
  /** Seconds left. */
  readonly timeout: number;
  /** The tuple of the client's packets, before NAT. */
  readonly original: Tuple;
  /** The tuple of the answers. The pod's NAT rules must lead to it. */
  readonly reply: Tuple;
  readonly unreplied?: boolean;
  /** Next sequence number of the client; of the pod's socket that has the reply tuple by default. */
  readonly clientNext?: number;
  /** Next sequence number of the server; likewise. */
  readonly serverNext?: number;
}

interface Step {
  readonly from: 'client' | 'server';
  readonly flags: string;
}

const SYN: Step = { from: 'client', flags: 'S' };
const OPEN: readonly Step[] = [
  SYN,
  { from: 'server', flags: 'SA' },
  { from: 'client', flags: 'A' },
];
const HALF: readonly Step[] = [...OPEN, { from: 'server', flags: 'FA' }];
const WAITED: readonly Step[] = [...HALF, { from: 'client', flags: 'A' }];
const LAST: readonly Step[] = [...WAITED, { from: 'client', flags: 'FA' }];

/** The shortest lives that lead to each state; the server is the first to close. */
const LIVES: Readonly<Partial<Record<TcpState, readonly Step[]>>> = {
  SYN_SENT: [SYN],
  SYN_RECV: OPEN.slice(0, 2),
  ESTABLISHED: OPEN,
  FIN_WAIT: HALF,
  CLOSE_WAIT: WAITED,
  LAST_ACK: LAST,
  TIME_WAIT: [...LAST, { from: 'server', flags: 'A' }],
  CLOSE: [...OPEN, { from: 'client', flags: 'R' }],
};

/**
 * Gives packets that lead conntrack to an entry: the shortest life that has it, at times that leave
 * it as many seconds as it has.
 *
 * @param field what to call the entry in an error, as `entries[3]`.
 * @throws {TrackerError} `bad-pod` for a state that no such life has.
 * @example
 * for (const packet of entryPackets(entry, tracker.sysctls, 0)) tracker.track(packet);
 */
export function entryPackets(
  entry: EntryInput,
  sysctls: Sysctls,
  at: number,
  field = 'entry',
): Packet[] {
  const life = LIVES[entry.state];
  if (life === undefined) {
    const known = Object.keys(LIVES).join(', ');
    throw new TrackerError('bad-pod', `${field}.state`, entry.state, `one of ${known}`);
  }
  const answered = entry.unreplied !== true && entry.state === 'SYN_SENT';
  const steps: readonly Step[] = answered ? [SYN, { from: 'server', flags: 'A' }] : life;
  const last = at - Math.max(0, timeoutsByState(sysctls)[entry.state] - entry.timeout);
  const next = { client: entry.clientNext ?? 1, server: entry.serverNext ?? 1 };
  // Each SYN and FIN took a number; what is known is the number after the last of them.
  for (const { from, flags } of steps) {
    if (/[SF]/.test(flags)) next[from] = addSerial(next[from], -1);
  }
  return steps.map(({ from, flags }) => {
    const other = from === 'client' ? 'server' : 'client';
    const seq = next[from];
    if (/[SF]/.test(flags)) next[from] = addSerial(seq, 1);
    const ack = flags.includes('A') ? { ack: next[other] } : {};
    const tuple = from === 'client' ? entry.original : entry.reply;
    const options = flags.includes('S') ? { options: { mss: 1460, wscale: 7 } } : {};
    return { at: last, ...tuple, flags, seq, ...ack, win: 65_535, ...options, hook: 'output' };
  });
}
