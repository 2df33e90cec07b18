import { WordList } from './word-list.ts';

/** The states that `ss` prints (misc/ss.c: sstate_name), and those of SCTP associations. */
export const STATES: WordList = new WordList([
  ...['ESTAB', 'TIME-WAIT', 'LISTEN', 'CLOSE-WAIT', 'SYN-SENT', 'FIN-WAIT-1', 'FIN-WAIT-2'],
  ...['UNCONN', 'LAST-ACK', 'SYN-RECV', 'CLOSING', 'UNDEF', 'UNKNOWN', 'BOUND'],
  ...['CLOSED', 'COOKIE_WAIT', 'COOKIE_ECHOED', 'SHUTDOWN_PENDING', 'SHUTDOWN_SENT'],
  ...['SHUTDOWN_RECEIVED', 'ACK_SENT'],
]);

/** Stands in the column where the listing has no State. */
export const NO_STATE = 255;

/** The number of a state in the list; the caller names one that is there. */
export function stateNumber(state: string): number {
  return STATES.words.indexOf(state);
}

/** netstat's words for the same states (net-tools netstat.c: tcp_state, and unix_do_one). */
export const NETSTAT_STATES: WordList = new WordList([
  ...['ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE'],
  ...['CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'CLOSING', 'UNKNOWN'],
  ...['LISTENING', 'CONNECTING', 'CONNECTED', 'DISCONNECTING', 'FREE'],
]);

/** For each of netstat's words the number of the state as `ss` calls it. */
export const FROM_NETSTAT: readonly number[] = [
  ...['ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'UNCONN'],
  ...['CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING', 'UNKNOWN'],
  ...['LISTEN', 'SYN-SENT', 'ESTAB', 'CLOSING', 'UNCONN'],
].map(stateNumber);

/** The state for each number of /proc/net/tcp (include/net/tcp_states.h), from 1. */
export const FROM_KERNEL: readonly number[] = [
  ...['UNKNOWN', 'ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'],
  ...['UNCONN', 'CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING', 'SYN-RECV'],
].map(stateNumber);
