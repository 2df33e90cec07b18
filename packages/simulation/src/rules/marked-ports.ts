import { type Rule, valuesOf } from './rule.ts';

/**
 * Finds which mark leads to which transparent listener: what a pod sends itself is marked at OUTPUT,
 * routed to lo by its mark, and given to the listener by TPROXY at PREROUTING.
 *
 * @example
 * markedPorts(rules) // of `-m mark --mark 0x1 -j TPROXY --on-port 15001`: Map { 1 => 15001 }
 */
export function markedPorts(rules: readonly Rule[]): ReadonlyMap<number, number> {
  const ports = new Map<number, number>();
  for (const { target, match, targetOptions } of rules) {
    if (target !== 'TPROXY') continue;
    const port = Number(valuesOf(targetOptions, 'on-port')[0]);
    const marks = [...valuesOf(match, 'mark'), ...valuesOf(targetOptions, 'tproxy-mark')];
    if (!Number.isInteger(port) || port < 1 || port > 65_535) continue;
    for (const mark of marks) if (!ports.has(markOf(mark))) ports.set(markOf(mark), port);
  }
  return ports;
}

/** Reads the mark of `0x1` or `0x1/0xff`; NaN where it is none. */
export function markOf(text: string): number {
  return Number(text.split('/')[0]);
}
