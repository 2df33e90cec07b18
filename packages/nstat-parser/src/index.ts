export { looksLikeNstat } from './looks-like-nstat.ts';
export type { NstatCounter } from './nstat-counter.ts';
export { NstatTable } from './nstat-table.ts';
export { parseNstat } from './parse-nstat.ts';
export { streamNstat } from './stream-nstat.ts';
