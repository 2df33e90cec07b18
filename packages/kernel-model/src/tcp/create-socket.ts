import type { Endpoint } from '@tuplescope/net';
import { TrackerError } from '../tracker-error.ts';
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
 * Makes a socket: numbers that are not given are 0, the window is 65536 bytes with scale 7, and
 * there are no timestamps. `sndUna` is `sndNxt` where it is not given.
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
  const sndNxt = input.sndNxt ?? 0;
  return {
    peer: { address: '0.0.0.0', port: 0 },
    sndUna: sndNxt,
    sndNxt,
    rcvNxt: 0,
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

function check(field: string, value: number | undefined, largest: number): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && value >= 0 && value <= largest) return;
  throw new TrackerError('bad-socket', field, value, `an integer from 0 to ${largest}`);
}
