import type { Incident } from '@tuplescope/incident';
import { type EvidenceGroup, groupEvidence, MOST_POINTS, placeWords } from '../evidence-groups.ts';
import { element, escapeMarkup } from '../markup.ts';
import type { ReportFinding } from '../report.ts';
import { type ContextLine, contextLines } from './context-lines.ts';

/** Writes each record with its place, what it shows, and the lines around it. */
export function evidenceList(
  evidence: ReportFinding['evidence'],
  incidents: readonly Incident[],
): string {
  const groups = groupEvidence(evidence);
  const more = groups.length - MOST_POINTS;
  return [
    ...groups.slice(0, MOST_POINTS).map((group) => point(group, incidents)),
    more <= 0
      ? ''
      : element('p', { class: 'quiet' }, `… and ${more} more; --format json has them all.`),
  ].join('');
}

function point(group: EvidenceGroup, incidents: readonly Incident[]): string {
  const [first] = group;
  const lines = contextLines(incidents, first).map(lineMarkup);
  return element(
    'div',
    { class: 'point' },
    element('p', {}, escapeMarkup(first.says)),
    element('code', { class: 'quiet' }, escapeMarkup(placeWords(group, incidents))),
    lines.length === 0 ? '' : element('pre', {}, ...lines),
  );
}

function lineMarkup({ line, text, isRecord }: ContextLine): string {
  const number = line === null ? '' : element('span', { class: 'no' }, String(line));
  return element('span', { class: isRecord ? 'line record' : 'line' }, number, escapeMarkup(text));
}
