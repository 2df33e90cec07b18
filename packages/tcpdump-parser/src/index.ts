export { looksLikeTcpdump } from './looks-like-tcpdump.ts';
export { parseTcpdump } from './parse-tcpdump.ts';
export { streamTcpdump } from './stream-tcpdump.ts';
export type { TcpdumpOptions } from './tcpdump-options.ts';
export type { AbsoluteNumbers, TcpdumpChecksum, TcpdumpSegment } from './tcpdump-segment.ts';
export { TcpdumpTable } from './tcpdump-table.ts';
