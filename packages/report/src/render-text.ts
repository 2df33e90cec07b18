import type { Incident } from '@tuplescope/incident';
import { contextText } from './context-text.ts';
import { findingText } from './finding-text.ts';
import { nothingFound } from './nothing-found.ts';
import type { Report } from './report.ts';
import { sayOnce } from './say-once.ts';
import { count, type TextOptions, textStyle, wrap } from './text-style.ts';
import { visibleTexts } from './visible-texts.ts';

/** More findings than this nobody reads at a stretch; the worst stand first. */
const MOST_FINDINGS = 20;

/**
 * Renders a report for a terminal, in the order of what a reader needs: what is wrong, what
 * happened, what shows it, what fixes it, what is missing; at the end what was read.
 *
 * @param incidents the incidents of the report, for quoting their records.
 * @example
 * renderText(report, incidents, { color: false, width: 80 }).split('\n')[0]
 * // 'ACTIVE  Port 44410 collides: nc (pid 144426, fd 3) cannot connect to …'
 */
export function renderText(
  report: Report,
  incidents: readonly Incident[],
  options: TextOptions,
): string {
  const style = textStyle(options);
  const safe = visibleTexts(report);
  const findings = sayOnce(safe.findings);
  const more = findings.length - MOST_FINDINGS;
  const blocks = [
    ...(findings.length === 0 ? [wrap(nothingFound(safe, options.port), style.width, '')] : []),
    ...findings.slice(0, MOST_FINDINGS).map((finding) => findingText(finding, incidents, style)),
    ...(more > 0 ? [`… and ${count(more, 'finding')} more; --format json has them all.`] : []),
    contextText(safe, style),
  ];
  return `${blocks.join('\n\n')}\n`;
}
