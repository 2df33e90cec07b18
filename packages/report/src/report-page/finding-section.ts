import type { MissingEvidence, Mitigation } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import type { CollisionPackets } from '../collision-packets.ts';
import { packetTable } from '../explanation-page/packet-table.ts';
import { drawLadders } from '../ladder/draw-ladders.ts';
import { element, escapeMarkup } from '../markup.ts';
import { basisWords, hasSideEffects } from '../mitigation-words.ts';
import type { BriefFinding } from '../say-once.ts';
import { evidenceList } from './evidence-list.ts';
import { stateMark } from './state-mark.ts';

/** A reader scrolls these many packets; a page of explanations has more. */
const MOST_ROWS = 200;

/** Writes a finding in the order of what a reader needs. */
export function findingSection(
  finding: BriefFinding,
  incidents: readonly Incident[],
  { id, packets }: { readonly id: string; readonly packets: CollisionPackets | null },
): string {
  const { state, family, namespace, confidence, confidenceReason, summary } = finding;
  const { story, evidence, mitigations, missing, sources, isSaidAbove } = finding;
  const where = namespace === undefined ? '' : ` · ${namespace}`;
  const helps = [
    ...mitigations.map(mitigationItem),
    ...(isSaidAbove ? [element('li', {}, 'What is said above.')] : []),
  ];
  return element(
    'section',
    { class: 'finding', id },
    element('h2', {}, `${stateMark(state)} ${escapeMarkup(summary)}`),
    element(
      'p',
      { class: 'quiet' },
      escapeMarkup(`${family}${where} · ${confidence}: ${confidenceReason}`),
    ),
    part(
      'What happened',
      'ol',
      story.map((step) => element('li', {}, escapeMarkup(step))),
    ),
    packets === null ? '' : packetsPart(packets),
    evidence.length === 0 ? '' : element('h3', {}, 'Evidence') + evidenceList(evidence, incidents),
    part('What helps', 'ul', helps),
    part('What is missing', 'ul', missing.map(missingItem)),
    part('Read more', 'ul', sources.map(sourceItem)),
  );
}

function part(title: string, list: 'ol' | 'ul', items: readonly string[]): string {
  if (items.length === 0) return '';
  const attributes = title === 'What helps' ? { class: 'helps' } : {};
  return element('h3', {}, title) + element(list, attributes, ...items);
}

function packetsPart({ chosen, kernel }: CollisionPackets): string {
  const ladder = drawLadders({ chosen: [chosen], total: 1 }, kernel);
  const table = packetTable(chosen.lineage, MOST_ROWS);
  return [
    element('h3', {}, 'Packets'),
    element('figure', {}, ladder),
    element('details', {}, element('summary', {}, 'Every packet, and why'), table),
  ].join('');
}

function mitigationItem(mitigation: Mitigation): string {
  const { works, action, command, why, sideEffects } = mitigation;
  const mark = works
    ? element('span', { class: 'works' }, '✓ Works: ')
    : element('span', { class: 'fails' }, '✗ Does not help: ');
  const effects = hasSideEffects(mitigation) ? ` Side effects: ${sideEffects}` : '';
  return element(
    'li',
    {},
    mark,
    element('b', {}, escapeMarkup(action)),
    command === '' ? '' : commandBlock(command),
    element('p', {}, escapeMarkup(`${why}${effects}`)),
    element('p', { class: 'quiet' }, escapeMarkup(`Basis: ${basisWords(mitigation)}`)),
  );
}

function missingItem({ what, command }: MissingEvidence): string {
  return element('li', {}, escapeMarkup(what), commandBlock(command));
}

function commandBlock(command: string): string {
  return element('pre', {}, escapeMarkup(command));
}

function sourceItem(source: string): string {
  return element('li', {}, element('a', { href: source, rel: 'noreferrer' }, escapeMarkup(source)));
}
