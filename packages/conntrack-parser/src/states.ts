/**
 * The states that the trackers of TCP, SCTP and DCCP print (libnetfilter_conntrack and the kernel's
 * nf_conntrack_proto_{tcp,sctp,dccp}.c, all versions). A state's number is its place here; 0 is none.
 */
export const STATES: readonly (string | null)[] = [
  null,
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
  'LISTEN',
  'NONE',
  'CLOSED',
  'COOKIE_WAIT',
  'COOKIE_ECHOED',
  'SHUTDOWN_SENT',
  'SHUTDOWN_RECD',
  'SHUTDOWN_ACK_SENT',
  'HEARTBEAT_SENT',
  'HEARTBEAT_ACKED',
  'DATA_SENT',
  'REQUEST',
  'RESPOND',
  'PARTOPEN',
  'OPEN',
  'CLOSEREQ',
  'CLOSING',
  'TIMEWAIT',
  'IGNORE',
  'INVALID',
  'MAX',
];

const NUMBERS: ReadonlyMap<string, number> = new Map(
  STATES.flatMap((name, number) => (name === null ? [] : [[name, number] as const])),
);

/**
 * Gives the number of a state, or 0 where there is no such state.
 *
 * @example
 * STATES[stateNumber('SYN_SENT')] // 'SYN_SENT'
 */
export function stateNumber(name: string): number {
  return NUMBERS.get(name) ?? 0;
}
