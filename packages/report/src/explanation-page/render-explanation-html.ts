import { type ChosenLineage, chooseLineages } from '../explanation/choose-lineages.ts';
import type { ExplanationReport } from '../explanation/explanation-report.ts';
import { endsWords, extentWords, noticeWords } from '../explanation/lineage-words.ts';
import { drawLadders } from '../ladder/draw-ladders.ts';
import { element, escapeMarkup } from '../markup.ts';
import { count } from '../text-style.ts';
import { kernelList } from './kernel-list.ts';
import { packetTable } from './packet-table.ts';
import { pageCss } from './page-css.ts';
import { pageDocument } from './page-document.ts';

/** A page shows these many lineages, those most worth a look first. */
const MOST_LINEAGES = 20;

/** A browser scrolls these many rows with ease. */
const MOST_ROWS = 2000;

/**
 * Renders explanations as one HTML file: the kernel and what contradicts it, the ladder, and a table
 * of the packets, each with what stands behind its sentence. It needs no network and no script, is
 * light or dark as its reader is, and can be printed.
 *
 * @example
 * renderExplanationHtml(report).slice(0, 15) // '<!doctype html>'
 */
export function renderExplanationHtml(report: ExplanationReport): string {
  const lineages = chooseLineages(report.lineages, MOST_LINEAGES);
  const { chosen, total } = lineages;
  const left = total - chosen.length;
  const more = `${count(left, 'pair')} of ends more in these captures are not shown; --port N shows those of one port.`;
  return pageDocument({
    title: pageTitle(report),
    css: pageCss(),
    head: kernelList(report),
    sections: [
      chosen.length === 0 ? '' : element('figure', {}, drawLadders(lineages, report.kernel)),
      ...sections(chosen),
      left === 0 ? '' : element('p', { class: 'quiet' }, more),
    ],
    version: report.tool.version,
  });
}

function pageTitle({ kernel, totals }: ExplanationReport): string {
  const by = kernel.title ?? kernel.profile ?? 'an unknown kernel';
  return `${count(totals.packets, 'packet')}, explained by ${by}`;
}

function sections(chosen: readonly ChosenLineage[]): string[] {
  let room = MOST_ROWS;
  return chosen.map(({ lineage, notice }) => {
    const facts = [extentWords(lineage), noticeWords(notice)].filter((words) => words !== '');
    const table = packetTable(lineage, room);
    room = Math.max(0, room - lineage.explanations.length);
    return element(
      'section',
      {},
      element('h2', {}, escapeMarkup(endsWords(lineage))),
      element('p', { class: 'quiet' }, escapeMarkup(facts.join(' · '))),
      table,
    );
  });
}
