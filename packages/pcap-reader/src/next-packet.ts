import { readFileHeader } from './file-header.ts';
import { nextRecord } from './pcap-records.ts';
import { nextBlock } from './pcapng-blocks.ts';
import type { Walk } from './walk.ts';

/**
 * Takes the walk to its next packet. False where there is none before the window ends; then
 * `wanted` says how many bytes from `at` on are needed to go on, unless the window is the last.
 */
export function nextPacket(walk: Walk): boolean {
  if (walk.format === 'pcap') return nextRecord(walk);
  if (walk.format === 'pcapng') return nextBlock(walk);
  if (walk.format === 'unknown' && !readFileHeader(walk)) return false;
  if (walk.format !== 'none') return nextPacket(walk);
  // Nothing else in such a file can be read.
  walk.at = walk.end;
  walk.wanted = 1;
  return false;
}
