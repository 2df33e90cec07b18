import type { Incident } from '@tuplescope/incident';
import {
  type AskedPort,
  type Report,
  renderHtml,
  renderMarkdown,
  renderSarif,
  renderText,
} from '@tuplescope/report';
import type { AnswerStyle } from './write-answer.ts';

/** Writes a report as a text. */
type Renderer = (
  report: Report,
  incidents: readonly Incident[],
  options: AnswerStyle & AskedPort,
) => string;

const RENDERERS: Readonly<Record<string, Renderer>> = {
  text: renderText,
  markdown: renderMarkdown,
  html: renderHtml,
  sarif: renderSarif,
};

/** The formats of `analyze`; the first is the default. JSON needs no renderer. */
export const ANALYZE_FORMATS: readonly string[] = [
  'text',
  'json',
  ...Object.keys(RENDERERS).slice(1),
];

/** Renders a report in one of the formats that are text. */
export function renderAnalysis(format: string, ...args: Parameters<Renderer>): string {
  const render = RENDERERS[format] ?? renderText;
  return render(...args);
}
