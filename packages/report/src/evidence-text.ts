import type { Evidence } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { isPacketCapture, quoteEvidence } from './quote.ts';
import { clip, type TextStyle, wrap } from './text-style.ts';

/** More points than this are for a program to read. */
const MOST = 20;

/** Each record with its place, what it says, and the line itself; records that say the same in one. */
export function evidenceText(
  evidence: readonly Evidence[],
  incidents: readonly Incident[],
  style: TextStyle,
): string[] {
  const groups = groupBySaying(evidence);
  const lines = groups.slice(0, MOST).map((group) => pointText(group, incidents, style));
  const more = groups.length - MOST;
  return more <= 0 ? lines : [...lines, `  … and ${more} more; --format json has them all`];
}

function pointText(
  [first, ...others]: Group,
  incidents: readonly Incident[],
  { paint, width }: TextStyle,
): string {
  const packet = first.packet === null ? '' : ` packet ${first.packet}`;
  const last = others.at(-1);
  const more = last === undefined ? '' : ` and ${others.length} more, to line ${last.line}`;
  const line = isPacketCapture(incidents, first.file) ? '' : `:${first.line}`;
  const quoted = quoteEvidence(incidents, first);
  return [
    paint.cyan(`  ${first.file}${line}${packet}${more}`),
    wrap(first.says, width, '    '),
    ...(quoted === null || quoted === '' ? [] : [paint.dim(clip(`    │ ${quoted}`, width))]),
  ].join('\n');
}

type Group = [Evidence, ...Evidence[]];

/** Neighbours of one file that say the same are one point to a reader. */
function groupBySaying(evidence: readonly Evidence[]): Group[] {
  const groups: Group[] = [];
  for (const record of evidence) {
    const last = groups.at(-1);
    const isSame = last?.[0].says === record.says && last[0].file === record.file;
    if (last !== undefined && isSame) last.push(record);
    else groups.push([record]);
  }
  return groups;
}
