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
