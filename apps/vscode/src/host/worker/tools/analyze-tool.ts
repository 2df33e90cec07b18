import type { Incident } from '@tuplescope/incident';
import { makeReport, type Report, type ReportFinding } from '@tuplescope/report';
import type { AnalyzeWanted, ToolAnswer } from '../../../protocol/tools.ts';
import { fitItems, MOST_CHARACTERS } from './fit-items.ts';

/** So many records of one finding tell what the rest tells. */
const MOST_EVIDENCE = 12;

/** Of these only the first are named. */
const MOST_FILES = 40;

/** Tells a language model what collides in an incident, with what supports it. */
export function analyzeTool(incidents: readonly Incident[], { port }: AnalyzeWanted): ToolAnswer {
  const report = makeReport(incidents, '');
  const found = report.findings.filter(
    ({ ports }) => port === undefined || ports.length === 0 || ports.includes(port),
  );
  const { kernel, incident } = report;
  const { items: findings, leftOut } = fitItems(found.map(toldFinding), MOST_CHARACTERS);
  const files = incident.files.filter(({ kind }) => kind !== 'unknown');
  const data = {
    kernel,
    interception: report.interception,
    files: files.slice(0, MOST_FILES).map(({ path, kind, records }) => ({ path, kind, records })),
    filesLeftOut: Math.max(0, files.length - MOST_FILES),
    findings,
    findingsLeftOut: leftOut,
  };
  return { text: sentences(report, found, leftOut).join('\n'), json: JSON.stringify(data) };
}

function toldFinding(finding: ReportFinding): object {
  const { family, state, confidence, confidenceReason, ports, summary, story } = finding;
  const { namespace, evidence, missing, mitigations, sources } = finding;
  return {
    family,
    state,
    confidence,
    confidenceReason,
    ports,
    ...(namespace === undefined ? {} : { namespace }),
    summary,
    story,
    evidence: evidence
      .slice(0, MOST_EVIDENCE)
      .map(({ file, line, packet, says }) => ({ file, line, packet, says })),
    evidenceLeftOut: Math.max(0, evidence.length - MOST_EVIDENCE),
    missing,
    mitigations,
    sources,
  };
}

function sentences({ kernel }: Report, found: readonly ReportFinding[], leftOut: number): string[] {
  const release = kernel.release === null ? 'not known' : kernel.release;
  return [
    found.length === 0
      ? 'No known kind of collision is in what was read.'
      : `${found.length} findings, the worst first:`,
    ...found
      .slice(0, found.length - leftOut)
      .map(({ state, confidence, summary }) => `- ${state}, ${confidence}: ${summary}`),
    ...(leftOut > 0 ? [`- ${leftOut} more findings were left out; ask for one port.`] : []),
    `Kernel: ${release}. ${kernel.why}`,
  ];
}
