import type { FilePlace } from '../../protocol/analysis.ts';
import type { Translate } from '../translate.ts';

/** Says where something stands, as people say it: `ss.txt:4`, `lo.pcap packet 3`. */
export function placeName({ path, range, packet }: FilePlace, t: Translate): string {
  if (range !== null) return `${path}:${range.line + 1}`;
  return packet === null ? path : t('{0} packet {1}', path, packet);
}
