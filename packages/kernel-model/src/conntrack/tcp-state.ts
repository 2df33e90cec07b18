/** No state: the entry is being made. */
export const NONE = 0;
/** A SYN was seen. */
export const SYN_SENT = 1;
/** A SYN/ACK answered it. */
export const SYN_RECV = 2;
/** The handshake is over, or an ACK was picked up in the middle. */
export const ESTABLISHED = 3;
/** A FIN was seen. */
export const FIN_WAIT = 4;
/** The FIN was acknowledged. */
export const CLOSE_WAIT = 5;
/** The other side sent a FIN too. */
export const LAST_ACK = 6;
/** That FIN was acknowledged too. */
export const TIME_WAIT = 7;
/** A RST was accepted. */
export const CLOSE = 8;
/** Both sides sent a SYN. */
export const SYN_SENT2 = 9;
/** In the table: this packet has no place in this state. */
export const NO_TRANSITION = 10;
/** In the table: the packet passes and changes nothing. */
export const IGNORED = 11;

/** A state of a TCP entry, as `conntrack -L` prints it. */
export type TcpState = (typeof TCP_STATES)[number];

/** The names of the states, each at its number. */
export const TCP_STATES = [
  'NONE',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
] as const;

/** Gives the name of a state's number. */
export function tcpStateName(state: number): TcpState {
  return TCP_STATES[state] ?? 'NONE';
}
