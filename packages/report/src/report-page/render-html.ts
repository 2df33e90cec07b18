import type { Incident } from '@tuplescope/incident';
import { collisionPackets } from '../collision-packets.ts';
import { contextFacts } from '../context-facts.ts';
import { definitions } from '../explanation-page/definitions.ts';
import { pageCss } from '../explanation-page/page-css.ts';
import { pageDocument } from '../explanation-page/page-document.ts';
import { element, escapeMarkup } from '../markup.ts';
import { nothingFound } from '../nothing-found.ts';
import type { AskedPort, Report, ReportFinding } from '../report.ts';
import { sayOnce } from '../say-once.ts';
import { countStates } from '../states.ts';
import { count } from '../text-style.ts';
import { findingSection } from './finding-section.ts';
import { reportCss } from './report-css.ts';
import { stateMark } from './state-mark.ts';

/** More findings than this nobody reads on a page; the worst stand first. */
const MOST_FINDINGS = 50;

/**
 * Renders a report as one HTML file: the summary, then each finding with its story, the ladder of the
 * packets, the evidence among the lines around it, what helps and what is missing; at the end what was
 * read. It needs no network and no script, is light or dark as its reader is, and can be printed.
 *
 * @param incidents the incidents of the report, for quoting their records and drawing their packets.
 * @example
 * renderHtml(report, incidents).slice(0, 15) // '<!doctype html>'
 */
export function renderHtml(
  report: Report,
  incidents: readonly Incident[],
  { port }: AskedPort = {},
): string {
  const findings = sayOnce(report.findings).slice(0, MOST_FINDINGS);
  const more = report.findings.length - findings.length;
  const packets = collisionPackets(report, incidents);
  return pageDocument({
    title: `Tuplescope: ${countStates(report.findings)}`,
    css: `${pageCss()}\n${reportCss()}`,
    head:
      findings.length === 0
        ? element('p', {}, escapeMarkup(nothingFound(report, port)))
        : summaryList(findings),
    sections: [
      ...findings.map((finding, i) =>
        findingSection(finding, incidents, {
          id: idOf(i),
          packets: packets?.finding === i ? packets : null,
        }),
      ),
      more === 0
        ? ''
        : element('p', {}, `… and ${count(more, 'finding')} more; --format json has them all.`),
      element('h2', {}, 'Kernel, and what was read'),
      definitions(contextFacts(report).map(([title, text]) => [title, escapeMarkup(text)])),
    ],
    version: report.tool.version,
  });
}

function summaryList(findings: readonly ReportFinding[]): string {
  const items = findings.map(({ state, summary }, i) =>
    element(
      'li',
      {},
      stateMark(state),
      element('a', { href: `#${idOf(i)}` }, escapeMarkup(summary)),
    ),
  );
  return element('ul', { class: 'summary' }, ...items);
}

function idOf(index: number): string {
  return `finding-${index + 1}`;
}
