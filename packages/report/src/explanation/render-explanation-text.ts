import type { Lineage } from '@tuplescope/packet-explainer';
import { visible } from '@tuplescope/scan';
import { count, type TextOptions, type TextStyle, textStyle, wrap } from '../text-style.ts';
import { visibleTexts } from '../visible-texts.ts';
import type { ExplanationReport } from './explanation-report.ts';
import { agreementWords, fitWords, kernelWords, totalsWords } from './kernel-words.ts';
import { ladderText } from './ladder-text.ts';
import { endsWords, extentWords, noticeWords } from './lineage-words.ts';
import { type LineageNotice, lineageNotice } from './packet-notice.ts';

/** Where there are more lineages, those in health are told in a line each. */
const MOST_WHOLE = 5;

/** Where there are still more, these many get their line, and the others are counted. */
const MOST_LINES = 20;

/** More contradictions than this are for a program to read. */
const MOST_CONTRADICTIONS = 5;

/** Columns of a line's title. */
const TITLE = 9;

/**
 * Renders explanations for a terminal, piece by piece: the kernel, how sure that is and what else
 * fits; then each lineage as a ladder, a row a packet and below it what came of it. Pieces are to be
 * written one after the other; lineages are read as the pieces are.
 *
 * @example
 * for (const piece of renderExplanationText(report, { color: false, width: 100 })) write(piece)
 * // Kernel   Linux 5.19.0 (profile 5.19.0, certain). …
 */
export function* renderExplanationText(
  report: ExplanationReport,
  options: TextOptions,
): Iterable<string> {
  const style = textStyle(options);
  yield headText(report, style);
  const isMany = report.totals.lineages > MOST_WHOLE;
  const health = { lineages: 0, packets: 0 };
  for (const lineage of report.lineages) {
    const notice = lineageNotice(lineage);
    if (!isMany || notice.odd > 0) {
      yield `\n${lineageHead(lineage, notice, style)}\n`;
      yield* ladderText(lineage, style);
      continue;
    }
    health.lineages++;
    health.packets += notice.packets;
    if (health.lineages <= MOST_LINES) yield `\n${lineageHead(lineage, notice, style)}\n`;
  }
  yield* healthText(health, style);
}

function headText({ kernel, totals }: ExplanationReport, { paint, width }: TextStyle): string {
  const safe = visibleTexts(kernel);
  const { contradictedBy, why } = safe;
  const more = contradictedBy.length - MOST_CONTRADICTIONS;
  const against = contradictedBy.slice(0, MOST_CONTRADICTIONS).map(({ file, packet, why: how }) => {
    const place = packet === null ? file : `${file}#${packet}`;
    return paint.magenta(`≠ ${place}: ${how}`);
  });
  const facts: readonly (readonly [title: string, text: string])[] = [
    ['Kernel', `${paint.bold(kernelWords(safe))}. ${why}`],
    ['', agreementWords(safe)],
    ...against.map((text): [string, string] => ['', text]),
    ['', more > 0 ? `… and ${more} more; --format ndjson has them all.` : ''],
    ['Fits', fitWords(safe)],
    ['Packets', totalsWords(totals)],
  ];
  const lines = facts
    .filter(([, text]) => text !== '')
    .map(([title, text]) => wrap(text, width, paint.dim(title.padEnd(TITLE)), ' '.repeat(TITLE)));
  return `${lines.join('\n')}\n`;
}

function lineageHead(lineage: Lineage, notice: LineageNotice, { paint, width }: TextStyle): string {
  const ends = wrap(paint.bold(visible(endsWords(lineage))), width, '', '  ');
  const facts = [extentWords(lineage), noticeWords(notice)].filter((words) => words !== '');
  return `${ends}\n${wrap(paint.dim(facts.join(' · ')), width, '  ')}`;
}

function* healthText(
  { lineages, packets }: { readonly lineages: number; readonly packets: number },
  { width }: TextStyle,
): Iterable<string> {
  if (lineages === 0) return;
  const more = lineages - MOST_LINES;
  const named =
    more > 0 ? `The above and ${more} more` : lineages === 1 ? 'This one' : 'All of these';
  yield `\n${wrap(`${count(lineages, 'pair')} of ends in health, ${count(packets, 'packet')}. ${named} hold nothing odd; --port N shows those of one port in full.`, width, '')}\n`;
}
