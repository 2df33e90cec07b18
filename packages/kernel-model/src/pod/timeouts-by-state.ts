import { limitsOf } from '../conntrack/limits.ts';
import { TCP_STATES, type TcpState } from '../conntrack/tcp-state.ts';
import type { Sysctls } from '../sysctls.ts';

/** Gives the seconds that an entry starts with in each state. */
export function timeoutsByState(sysctls: Sysctls): Readonly<Record<TcpState, number>> {
  const { timeouts } = limitsOf(sysctls);
  const entries = TCP_STATES.map((state, i) => [state, timeouts[i] ?? 0] as const);
  return Object.fromEntries(entries) as Record<TcpState, number>;
}
