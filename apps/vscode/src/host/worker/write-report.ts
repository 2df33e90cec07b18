import type { Incident } from '@tuplescope/incident';
import {
  makeReport,
  renderHtml,
  renderMarkdown,
  renderSarif,
  renderText,
} from '@tuplescope/report';
import type { ReportFormat } from '../../protocol/analysis.ts';

/** Columns of a report in plain text. */
const WIDTH = 100;

/** Writes the report of some incidents in a format. */
export function writeReport(
  incidents: readonly Incident[],
  format: ReportFormat,
  version: string,
): string {
  const report = makeReport(incidents, version);
  switch (format) {
    case 'markdown':
      return renderMarkdown(report, incidents);
    case 'html':
      return renderHtml(report, incidents);
    case 'sarif':
      return renderSarif(report);
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'text':
      return `${renderText(report, incidents, { color: false, width: WIDTH })}\n`;
  }
}
