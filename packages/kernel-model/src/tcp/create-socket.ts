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
  return {
    peer,
    sndUna: sndNxt,
    sndNxt,
    rcvNxt: got,
    rcvWindow: 65_536,
    rcvScale: 7,
    maxWindow: 65_535,
    mss: 65_495,
    sackOK: true,
    timestamps: null,
    mini: input.state === 'TIME-WAIT',
    orphan: false,
    lastAnswer: null,
    retransmits: 0,
    rcvIsn: 0,
    nextIpId: 1,
    ...input,
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
