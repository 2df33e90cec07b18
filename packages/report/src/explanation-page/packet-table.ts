import type { Lineage } from '@tuplescope/packet-explainer';
import { countKinds } from '../explanation/count-kinds.ts';
import { foldPlain, isFold, type LadderStep } from '../explanation/fold-plain.ts';
import { shortNames } from '../explanation/short-names.ts';
import { element, escapeMarkup } from '../markup.ts';
import { count } from '../text-style.ts';
import { COLUMN_TITLES, packetRow } from './packet-row.ts';

/**
 * Writes the packets of a lineage as a table.
 *
 * @param most rows that it may have; what is over is counted in the last.
 */
export function packetTable({ conversations, explanations }: Lineage, most: number): string {
  const first = explanations.find(({ packet }) => packet.at !== null)?.packet.at ?? null;
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const names = shortNames(explanations);
  const steps = foldPlain(explanations);
  const rows = steps.slice(0, most).map((step) =>
    isFold(step)
      ? noteRow(`${count(step.length, 'packet')} more in health: ${countKinds(step)}`)
      : packetRow(step, {
          conversation: byId.get(step.packet.conversation),
          name: names.get(step.at.file) ?? step.at.file,
          first,
        }),
  );
  const left = packetsIn(steps.slice(most));
  const titles = COLUMN_TITLES.map((title) => element('th', { scope: 'col' }, title));
  return element(
    'div',
    { class: 'table' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...titles)),
      element(
        'tbody',
        {},
        ...rows,
        left === 0
          ? ''
          : noteRow(`${count(left, 'packet')} more are not shown; --format ndjson has them all.`),
      ),
    ),
  );
}

function packetsIn(steps: readonly LadderStep[]): number {
  return steps.reduce((sum, step) => sum + (isFold(step) ? step.length : 1), 0);
}

function noteRow(words: string): string {
  const cell = element('td', { colspan: String(COLUMN_TITLES.length) }, escapeMarkup(words));
  return element('tr', { class: 'fold' }, cell);
}
