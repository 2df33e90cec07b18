import type { ExplanationReport } from '../explanation/explanation-report.ts';
import { agreementWords, fitWords, kernelWords, totalsWords } from '../explanation/kernel-words.ts';
import { element, escapeMarkup } from '../markup.ts';
import { definitions } from './definitions.ts';

/** More contradictions than this are for a program to read. */
const MOST_CONTRADICTIONS = 20;

/** Writes which kernel explains, how sure that is, what contradicts it, and what fits as well. */
export function kernelList({ kernel, totals }: ExplanationReport): string {
  const { contradictedBy, why } = kernel;
  const name = element('span', { class: 'name' }, escapeMarkup(kernelWords(kernel)));
  const against = contradictedBy.slice(0, MOST_CONTRADICTIONS).map(({ file, packet, why: how }) => {
    const place = packet === null ? file : `${file}#${packet}`;
    return element('span', { class: 'against' }, escapeMarkup(`≠ ${place}: ${how}`));
  });
  const more = contradictedBy.length - against.length;
  const agreement = [
    escapeMarkup(agreementWords(kernel)),
    ...against,
    more > 0 ? `and ${more} more` : '',
  ];
  return definitions([
    ['Kernel', `${name}. ${escapeMarkup(why)}`],
    ['Agreement', agreement.filter((markup) => markup !== '').join('<br>')],
    ['Fits', escapeMarkup(fitWords(kernel))],
    ['Packets', escapeMarkup(totalsWords(totals))],
  ]);
}
