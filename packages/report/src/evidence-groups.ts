import type { Evidence } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { isPacketCapture } from './quote.ts';

/** More points than this are for a program to read. */
export const MOST_POINTS = 20;

/** Records that a reader takes for one point. */
export type EvidenceGroup = readonly [Evidence, ...Evidence[]];

/** Neighbours of one file that say the same are one point to a reader. */
export function groupEvidence(evidence: readonly Evidence[]): EvidenceGroup[] {
  const groups: [Evidence, ...Evidence[]][] = [];
  for (const record of evidence) {
    const last = groups.at(-1);
    const isSame = last?.[0].says === record.says && last[0].file === record.file;
    if (last !== undefined && isSame) last.push(record);
    else groups.push([record]);
  }
  return groups;
}

/**
 * Says where a point's records stand; a packet capture has packets, and no lines.
 *
 * @example
 * placeWords(group, incidents) // 'dmesg.txt:6 and 2 more, to line 8'
 */
export function placeWords(
  [first, ...others]: EvidenceGroup,
  incidents: readonly Incident[],
): string {
  const packet = first.packet === null ? '' : ` packet ${first.packet}`;
  const last = others.at(-1);
  const more = last === undefined ? '' : ` and ${others.length} more, to line ${last.line}`;
  const line = isPacketCapture(incidents, first.file) ? '' : `:${first.line}`;
  return `${first.file}${line}${packet}${more}`;
}
