import type { Connection } from './connection.ts';
import type { DirectionNumber } from './direction.ts';
import type { Kernel } from './kernel.ts';
import { UNACK } from './limits.ts';
import { CLASS_FIN, CLASS_RST } from './segment-class.ts';
import { ASSURED, FIXED_TIMEOUT } from './status.ts';
import type { Trace } from './trace.ts';

/** A shorter rest is left as it is, in seconds. */
const LEAST_REST = 120;

/**
 * invalid-close-timeout, 628d694344a0: when both sides send FINs or RSTs out of window, the entry is
 * out of date, and must not live for days.
 */
export function handleInvalid(
  { behaviour, limits }: Kernel,
  connection: Connection,
  direction: DirectionNumber,
  index: number,
  now: number,
  trace: Trace,
): void {
  if (!behaviour.handleInvalid) return;
  if ((connection.status & (ASSURED | FIXED_TIMEOUT)) !== ASSURED || !closes(index)) return;
  if (connection.lastDir === direction || !closes(connection.lastIndex)) {
    connection.lastIndex = index;
    connection.lastDir = direction;
    return;
  }
  const rest = connection.expires - now;
  const unack = limits.timeouts[UNACK] as number;
  if (rest < LEAST_REST || rest <= unack) return;
  connection.expires = now + unack;
  trace.loweredFor = connection.lastIndex;
}

function closes(index: number): boolean {
  return index === CLASS_FIN || index === CLASS_RST;
}
