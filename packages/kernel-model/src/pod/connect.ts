import { addSerial, isSameAddress, normalizeAddress } from '@tuplescope/net';
import type { Sysctls } from '../sysctls.ts';
import { sent, synOf } from '../tcp/answer.ts';
import { createSocket } from '../tcp/create-socket.ts';
import { initialSequence } from '../tcp/initial-sequence.ts';
import { isGivenUp, synTimeout } from '../tcp/syn-timer.ts';
import type { TcpCounter } from '../tcp/tcp-counter.ts';
import { TrackerError } from '../tracker-error.ts';
import type { Hooks } from './hooks.ts';
import type { HeldSocket, Host } from './host.ts';
import { later } from './later.ts';
import type { Network } from './network.ts';
import type { ConnectOptions, ConnectOutcome, ConnectRun } from './pod.ts';
import { readEndpoint } from './read-endpoint.ts';

/** Where a connect runs. */
export interface ConnectPlace {
  readonly pod: Host;
  readonly network: Network;
  readonly hooks: Hooks;
  readonly sysctls: Sysctls;
  readonly addresses: readonly string[];
  readonly now: number;
}

/** Packets after which two sockets answer each other for ever. */
const MOST_PACKETS = 10_000;

/** Runs connect(): sends the SYN, lets packets arrive and the SYN timer fire, until it is decided. */
export function connect(
  place: ConnectPlace,
  options: ConnectOptions,
): { readonly run: ConnectRun; readonly end: number } {
  const { pod, network, hooks, sysctls } = place;
  for (const field of ['at', 'timeoutSeconds'] as const) {
    const seconds = options[field];
    if (seconds === undefined || seconds >= 0) continue;
    throw new TrackerError('bad-pod', field, seconds, 'a number of seconds, 0 or more');
  }
  const start = Math.max(place.now, options.at ?? place.now);
  const app = open(place, options, start);
  const before = new Map(pod.counters);
  network.forget();
  hooks.logs.length = 0;
  pod.count(['TcpActiveOpens']);
  send('connects', start);
  let timer = later(start, synTimeout(sysctls, 0));
  let decided: { outcome: ConnectOutcome; at: number } | null = null;
  const patience = start + (options.timeoutSeconds ?? Number.POSITIVE_INFINITY);

  for (let packets = 0; decided === null || network.next() < Number.POSITIVE_INFINITY; ) {
    const arrival = network.next();
    if (decided === null && Math.min(arrival, timer) > patience) {
      decided = { outcome: 'timed-out', at: patience };
    } else if (decided === null && timer < arrival) {
      fire(timer);
    } else {
      if (++packets > MOST_PACKETS) break;
      const received = network.arrive();
      if (received?.held !== app || decided !== null) continue;
      if (received.reaction.resendAt !== undefined) timer = later(received.reaction.resendAt, 0);
      if (received.reaction.error !== undefined) decided = { outcome: 'refused', at: arrival };
      else if (app.socket.state === 'ESTABLISHED') decided = { outcome: 'connected', at: arrival };
    }
  }
  const { outcome, at } = decided ?? { outcome: 'timed-out', at: patience };
  if (outcome !== 'connected') pod.remove(app);
  const run: ConnectRun = {
    outcome,
    seconds: later(at, -start),
    packets: network.packets(),
    counters: risen(before, pod.counters),
    logs: hooks.logs.toSorted((a, b) => a.at - b.at),
  };
  return { run, end: Math.max(at, run.packets.at(-1)?.at ?? at) };

  function send(does: 'connects' | 'retransmits', at: number): void {
    const syn = synOf(app.socket, at);
    const { state } = app.socket;
    app.socket = sent(app.socket);
    network.send(syn, { ...app, socket: { ...app.socket, state } }, does, at);
  }

  function fire(at: number): void {
    pod.count(['TcpExtTCPTimeouts']);
    const { retransmits } = app.socket;
    if (isGivenUp(sysctls, retransmits)) {
      pod.count(['TcpExtTCPAbortOnTimeout', 'TcpAttemptFails']);
      decided = { outcome: 'timed-out', at };
      return;
    }
    pod.count(['TcpRetransSegs', 'TcpExtTCPSynRetrans']);
    app.socket = { ...app.socket, retransmits: retransmits + 1 };
    send('retransmits', at);
    timer = later(at, synTimeout(sysctls, retransmits + 1));
  }
}

/** Makes the socket of a connect and puts it among the others. */
function open({ pod, addresses }: ConnectPlace, options: ConnectOptions, at: number): HeldSocket {
  const peer = readEndpoint(options.to, 'to');
  const family = peer.address.includes(':');
  const from = options.from ?? addresses.find((address) => address.includes(':') === family);
  const own = addresses.find((address) => from !== undefined && isSameAddress(address, from));
  if (own === undefined) {
    const expected = `one of the pod's addresses: ${addresses.join(', ') || 'it has none'}`;
    throw new TrackerError('bad-pod', 'from', from, expected);
  }
  const local = readEndpoint({ address: normalizeAddress(own), port: options.sport }, 'sport');
  const tuple = { src: local.address, sport: local.port, dst: peer.address, dport: peer.port };
  const isn = options.isn ?? initialSequence(tuple, at);
  if (!Number.isInteger(isn) || isn < 0 || isn > 0xffff_ffff) {
    throw new TrackerError('bad-pod', 'isn', isn, 'an integer from 0 to 4294967295');
  }
  const { timestamps, ...given } = options.socket ?? {};
  const socket = createSocket({
    state: 'SYN-SENT',
    local,
    peer,
    sndUna: isn,
    sndNxt: addSerial(isn, 1),
    rcvWindow: 64_240,
    mss: 1460,
    ...given,
    timestamps:
      timestamps === null ? null : { offset: timestamps?.offset ?? 0, recent: 0, recentAt: at },
  });
  const held: HeldSocket = { socket, owner: 'app', uid: options.uid ?? 0 };
  const back = { src: peer.address, sport: peer.port, dst: local.address, dport: local.port };
  const same = pod.find({ ...back, flags: 'A', seq: 0, win: 0, len: 0 }, null);
  if (same !== null && same.socket.state !== 'LISTEN') {
    const taken = `a port that no socket to ${peer.address}:${peer.port} has`;
    throw new TrackerError('bad-pod', 'sport', options.sport, taken);
  }
  pod.add(held);
  return held;
}

function risen(
  before: ReadonlyMap<TcpCounter, number>,
  after: ReadonlyMap<TcpCounter, number>,
): Partial<Record<TcpCounter, number>> {
  const counters: Partial<Record<TcpCounter, number>> = {};
  for (const [name, value] of after) {
    const rise = value - (before.get(name) ?? 0);
    if (rise > 0) counters[name] = rise;
  }
  return counters;
}
