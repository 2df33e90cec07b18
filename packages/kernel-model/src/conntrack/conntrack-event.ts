import { TCP_STATES, type TcpState } from './tcp-state.ts';

/** What ctnetlink tells its listeners, as `conntrack -E` shows it. */
export interface ConntrackEvent {
  readonly type: 'NEW' | 'UPDATE' | 'DESTROY';
  /**
   * The state that the event names, or null: an UPDATE names it only where it changed (else a reply
   * was seen first, or the entry became ASSURED), a DESTROY only with destroy-state (86d21fc74745).
   */
  readonly state: TcpState | null;
}

function eventsOf(type: ConntrackEvent['type']): readonly ConntrackEvent[] {
  return TCP_STATES.map((state) => ({ type, state }));
}

/** NEW in each state, by the state's number. */
export const NEW_EVENTS: readonly ConntrackEvent[] = eventsOf('NEW');
/** UPDATE to each state. */
export const UPDATE_EVENTS: readonly ConntrackEvent[] = eventsOf('UPDATE');
/** DESTROY in each state. */
export const DESTROY_EVENTS: readonly ConntrackEvent[] = eventsOf('DESTROY');
/** UPDATE that leaves the state. */
export const PLAIN_UPDATE: ConntrackEvent = { type: 'UPDATE', state: null };
/** DESTROY of a kernel that tells no state. */
export const PLAIN_DESTROY: ConntrackEvent = { type: 'DESTROY', state: null };
