import { contextFacts } from './context-facts.ts';
import type { Report } from './report.ts';
import { type TextStyle, wrap } from './text-style.ts';

/** Columns of a line's title. */
const TITLE = 9;

/** Writes what was read, a line each behind its title. */
export function contextText(report: Report, { paint, width }: TextStyle): string {
  return contextFacts(report)
    .map(([title, text]) => wrap(text, width, paint.dim(title.padEnd(TITLE)), ' '.repeat(TITLE)))
    .join('\n');
}
