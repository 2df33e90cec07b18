import { element } from '../markup.ts';
import type { ReportFinding } from '../report.ts';
import { STATE_TITLES } from '../states.ts';

/** Writes the state of a finding as a mark before its sentence. */
export function stateMark(state: ReportFinding['state']): string {
  return element('span', { class: `state ${state}` }, STATE_TITLES[state]);
}
