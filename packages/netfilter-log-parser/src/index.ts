export { classifyReason } from './classify-reason.ts';
export { looksLikeNetfilterLog } from './looks-like-netfilter-log.ts';
export type { NetfilterLogOptions } from './netfilter-log-options.ts';
export type {
  LoggedArp,
  LoggedIcmp,
  LoggedMac,
  LoggedPacket,
  NetfilterLogRecord,
} from './netfilter-log-record.ts';
export { type NetfilterLogColumn, NetfilterLogTable } from './netfilter-log-table.ts';
export { parseNetfilterLog } from './parse-netfilter-log.ts';
export type { ClassifiedReason, ReasonRule } from './reason-rule.ts';
export { streamNetfilterLog } from './stream-netfilter-log.ts';
