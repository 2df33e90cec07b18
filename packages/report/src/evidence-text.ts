import type { Evidence } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { type EvidenceGroup, groupEvidence, MOST_POINTS, placeWords } from './evidence-groups.ts';
import { quoteEvidence } from './quote.ts';
import { clip, type TextStyle, wrap } from './text-style.ts';

/** Each record with its place, what it says, and the line itself; records that say the same in one. */
export function evidenceText(
  evidence: readonly Evidence[],
  incidents: readonly Incident[],
  style: TextStyle,
): string[] {
  const groups = groupEvidence(evidence);
  const lines = groups.slice(0, MOST_POINTS).map((group) => pointText(group, incidents, style));
  const more = groups.length - MOST_POINTS;
  return more <= 0 ? lines : [...lines, `  … and ${more} more; --format json has them all`];
}

function pointText(
  group: EvidenceGroup,
  incidents: readonly Incident[],
  { paint, width }: TextStyle,
): string {
  const [first] = group;
  const quoted = quoteEvidence(incidents, first);
  return [
    paint.cyan(`  ${placeWords(group, incidents)}`),
    wrap(first.says, width, '    '),
    ...(quoted === null || quoted === '' ? [] : [paint.dim(clip(`    │ ${quoted}`, width))]),
  ].join('\n');
}
