import { type Endpoint, invertTuple } from '@tuplescope/net';
import { TrackerError } from '../tracker-error.ts';
import { initialSequence } from './initial-sequence.ts';
import type { SocketState, TcpSocket } from './tcp-socket.ts';

/** The states, as messages list them. */
export const SOCKET_STATES: readonly SocketState[] = [
  'LISTEN',
  'SYN-SENT',
  'SYN-RECV',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
  'CLOSED',
];

/** A socket of which only what matters is said. */
export interface SocketInput extends Partial<TcpSocket> {
  readonly state: SocketState;
  readonly local: Endpoint;
}

const LARGEST = 0xffff_ffff;

/**
 * Makes a socket: sequence numbers that are not given follow from its addresses, the window is 65536
 * bytes with scale 7, and there are no timestamps. `sndUna` is `sndNxt` where it is not given.
 *
 * @throws {TrackerError} `bad-socket` for a state that is none, or a number out of range.
 * @example
 * createSocket({ state: 'LISTEN', local: { address: '127.0.0.1', port: 15001 } }).mss // 65495
 */
export function createSocket(input: SocketInput): TcpSocket {
  if (!SOCKET_STATES.includes(input.state)) {
    throw new TrackerError(
      'bad-socket',
      'state',
      input.state,
      `one of ${SOCKET_STATES.join(', ')}`,
    );
  }
  for (const field of ['sndUna', 'sndNxt', 'rcvNxt', 'rcvIsn'] as const) {
    check(field, input[field], LARGEST);
  }
  check('local.port', input.local.port, 65_535);
  check('peer.port', input.peer?.port, 65_535);
  check('rcvScale', input.rcvScale, 14);
  const peer = input.peer ?? { address: '0.0.0.0', port: 0 };
  // Not 0: conntrack has rules in which 0 says that there is no number.
  const [sent, got] = input.state === 'LISTEN' ? [0, 0] : numbersOf(input.local, peer);
  const sndNxt = input.sndNxt ?? sent;
  // Every field by name and in this order: sockets that look alike to an engine are copied fast.
  return {
    state: input.state,
    local: input.local,
    peer,
    sndUna: input.sndUna ?? sndNxt,
    sndNxt,
    rcvNxt: input.rcvNxt ?? got,
    rcvWindow: input.rcvWindow ?? 65_536,
    rcvScale: input.rcvScale ?? 7,
    maxWindow: input.maxWindow ?? 65_535,
    mss: input.mss ?? 65_495,
    sackOK: input.sackOK ?? true,
    timestamps: input.timestamps ?? null,
    mini: input.mini ?? input.state === 'TIME-WAIT',
    orphan: input.orphan ?? false,
    lastAnswer: input.lastAnswer ?? null,
    retransmits: input.retransmits ?? 0,
    rcvIsn: input.rcvIsn ?? 0,
    nextIpId: input.nextIpId ?? 1,
  };
}

function numbersOf(local: Endpoint, peer: Endpoint): readonly [number, number] {
  const tuple = { src: local.address, sport: local.port, dst: peer.address, dport: peer.port };
  return [initialSequence(tuple, 0), initialSequence(invertTuple(tuple), 0)];
}

function check(field: string, value: number | undefined, largest: number): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && value >= 0 && value <= largest) return;
  throw new TrackerError('bad-socket', field, value, `an integer from 0 to ${largest}`);
}
