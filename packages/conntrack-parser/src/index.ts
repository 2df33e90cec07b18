export type {
  ConntrackDirection,
  ConntrackEntry,
  ConntrackEvent,
  ConntrackOffload,
} from './conntrack-entry.ts';
export type { ConntrackOptions } from './conntrack-options.ts';
export type {
  ConntrackCount,
  ConntrackCpuStatistics,
  ConntrackStatistics,
} from './conntrack-statistics.ts';
export { ConntrackStatisticsTable } from './conntrack-statistics-table.ts';
export { type ConntrackEnd, ConntrackTable } from './conntrack-table.ts';
export { looksLikeConntrack } from './looks-like-conntrack.ts';
export { looksLikeConntrackStatistics } from './looks-like-conntrack-statistics.ts';
export { parseConntrack } from './parse-conntrack.ts';
export { parseConntrackStatistics } from './parse-conntrack-statistics.ts';
export { streamConntrack } from './stream-conntrack.ts';
