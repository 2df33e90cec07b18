export { AddressTable } from './address-table.ts';
export type { CaptureInterface } from './capture-interface.ts';
export { copyRow } from './copy-row.ts';
export { looksLikePcap } from './looks-like-pcap.ts';
export { TCP } from './packet-kind.ts';
export { parsePcap, parsePcapAt } from './parse-pcap.ts';
export { type PartReader, partReader } from './part-reader.ts';
export { PcapColumns } from './pcap-columns.ts';
export { PcapIndex, type PcapPosition } from './pcap-index.ts';
export type { PcapOptions } from './pcap-run.ts';
export type { PcapChecksum, PcapSegment } from './pcap-segment.ts';
export { PcapTable } from './pcap-table.ts';
export {
  HAS_TIME,
  IS_FIRST_FRAGMENT,
  IS_TRUNCATED,
  LACKS_PAYLOAD,
  LACKS_WINDOW,
} from './row-bits.ts';
export { streamPcap, streamPcapColumns } from './stream-pcap.ts';
