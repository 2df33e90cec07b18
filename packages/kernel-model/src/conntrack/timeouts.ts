import type { Connection } from './connection.ts';
import type { Kernel } from './kernel.ts';
import { RETRANS, UNACK } from './limits.ts';
import { CLASS_RST } from './segment-class.ts';
import { DATA_UNACKNOWLEDGED } from './tcp-mark.ts';
import { CLOSE, ESTABLISHED } from './tcp-state.ts';

/**
 * Chooses the timeout that an accepted packet gives its entry, in seconds; the first rule that fits
 * counts.
 *
 * @param state the new state.
 */
export function timeoutFor(
  { behaviour, limits }: Kernel,
  connection: Connection,
  index: number,
  state: number,
): number {
  const { timeouts } = limits;
  const own = timeouts[state] as number;
  const retrans = timeouts[RETRANS] as number;
  const unack = timeouts[UNACK] as number;
  if (connection.retrans >= limits.maxRetrans && own > retrans) return retrans;
  if (behaviour.rstUnack) {
    // rst-unack, 73df81b38cb7: a RST that closed nothing.
    if (index === CLASS_RST && state === ESTABLISHED && own > unack) return unack;
  } else if (behaviour.rstExact && index === CLASS_RST) {
    // exact-rst, be0502a3f2e9: any RST, even one that leaves the entry ESTABLISHED.
    return timeouts[CLOSE] as number;
  }
  const flags = connection.original.flags | connection.reply.flags;
  if (flags & DATA_UNACKNOWLEDGED && own > unack) return unack;
  if (connection.lastWin === 0 && own > retrans) return retrans;
  return own;
}
