import type { ConntrackTable } from '@tuplescope/conntrack-parser';

/**
 * Says whether a conntrack capture is `conntrack -E`: its first record then names an event.
 *
 * @example
 * isEventLog(parseConntrack('[DESTROY] tcp 6 src=10.0.0.1 …')) // true
 */
export function isEventLog(table: Pick<ConntrackTable, 'length' | 'at'>): boolean {
  return table.length > 0 && table.at(0).event !== null;
}
