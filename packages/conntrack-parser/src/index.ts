export type {
  ConntrackDirection,
  ConntrackEntry,
  ConntrackEvent,
  ConntrackOffload,
} from './conntrack-entry.ts';
export type { ConntrackOptions } from './conntrack-options.ts';
export { type ConntrackEnd, ConntrackTable } from './conntrack-table.ts';
export { parseConntrack } from './parse-conntrack.ts';
export { streamConntrack } from './stream-conntrack.ts';
