export type {
  ExplanationKernel,
  ExplanationReport,
  ExplanationTotals,
} from './explanation/explanation-report.ts';
export { renderExplanationText } from './explanation/render-explanation-text.ts';
export { makeReport } from './make-report.ts';
export { quoteEvidence } from './quote.ts';
export { renderText } from './render-text.ts';
export type {
  Report,
  ReportClock,
  ReportFile,
  ReportFinding,
  ReportInterception,
  ReportKernel,
  ReportSnapshot,
} from './report.ts';
export type { TextOptions } from './text-style.ts';
