export { type AskedKernel, type ChosenKernel, chooseKernel } from './explanation/explain-kernel.ts';
export { type ExplanationRecord, explanationRecord } from './explanation/explanation-record.ts';
export type {
  ExplanationKernel,
  ExplanationReport,
  ExplanationTotals,
} from './explanation/explanation-report.ts';
export {
  type ExplanationOptions,
  makeExplanationReport,
} from './explanation/make-explanation-report.ts';
export { renderExplanationText } from './explanation/render-explanation-text.ts';
export { renderExplanationHtml } from './explanation-page/render-explanation-html.ts';
export { renderLadderSvg } from './ladder/render-ladder-svg.ts';
export { makeReport } from './make-report.ts';
export { renderMarkdown } from './markdown/render-markdown.ts';
export { quoteEvidence } from './quote.ts';
export { renderText } from './render-text.ts';
export type {
  AskedPort,
  Report,
  ReportClock,
  ReportFile,
  ReportFinding,
  ReportInterception,
  ReportKernel,
  ReportSnapshot,
} from './report.ts';
export { renderHtml } from './report-page/render-html.ts';
export { renderSarif } from './sarif/render-sarif.ts';
export type { TextOptions } from './text-style.ts';
