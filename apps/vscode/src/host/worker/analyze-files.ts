import type { Capture, CapturedFile, Incident } from '@tuplescope/incident';
import { makeReport, type ReportFinding } from '@tuplescope/report';
import type {
  Analysis,
  CaptureSection,
  FileAnalysis,
  Mark,
  PlacedEvidence,
  PlacedFinding,
  TextProblem,
} from '../../protocol/analysis.ts';
import { outlineOf } from './outline.ts';
import { portSpans } from './port-spans.ts';
import type { TextPositions } from './text-positions.ts';

/** The positions in the text of a file, or null where it is no text. */
export type PositionsOf = (path: string) => TextPositions | null;

/** More problems in one file than these tell nothing more. */
const MOST_PROBLEMS = 200;

/**
 * Tells of incidents what an editor shows: what was recognised where, which ports collide, and what
 * could not be read, all in the editor's own places.
 */
export function analyzeFiles(
  files: readonly CapturedFile[],
  incidents: readonly Incident[],
  positionsOf: PositionsOf,
): Omit<Analysis, 'packed'> {
  const report = makeReport(incidents, '');
  const captures = new Map<string, Set<Capture>>();
  for (const capture of incidents.flatMap((incident) => incident.captures)) {
    const known = captures.get(capture.path) ?? new Set();
    captures.set(capture.path, known.add(capture));
  }
  return {
    kernel: report.kernel,
    findings: report.findings.map((finding) => placeFinding(finding, positionsOf)),
    files: files.map((file) => {
      const positions = positionsOf(file.path);
      const read = [...(captures.get(file.path) ?? [])];
      return {
        path: file.path,
        sections: read
          .filter(({ content }) => content.kind !== 'unknown')
          .map((capture) => sectionOf(capture, positions)),
        marks: positions === null ? [] : marksIn(file, report.findings, positions),
        problems: positions === null ? [] : problemsIn(read, positions),
      } satisfies FileAnalysis;
    }),
  };
}

function placeFinding(finding: ReportFinding, positionsOf: PositionsOf): PlacedFinding {
  const { evidence, tuples: _, process: __, ...told } = finding;
  return {
    ...told,
    evidence: evidence.map(({ file, start, end, packet, says }): PlacedEvidence => {
      const range = positionsOf(file)?.range(start, end) ?? null;
      return { path: file, range, packet, says };
    }),
  };
}

function sectionOf(capture: Capture, positions: TextPositions | null): CaptureSection {
  const { content, command, records, origin, bytes } = capture;
  const placed = positions === null ? [] : outlineOf(capture);
  return {
    kind: content.kind,
    command,
    records,
    range: (positions ?? NO_POSITIONS).range(origin.offset, origin.offset + bytes.length),
    items: placed.map(({ name, detail, source }) => ({
      name,
      detail,
      range: (positions ?? NO_POSITIONS).range(
        origin.offset + source.start,
        origin.offset + source.end,
      ),
    })),
  };
}

const NO_POSITIONS: Pick<TextPositions, 'range'> = {
  range: () => ({ line: 0, character: 0, endLine: 0, endCharacter: 0 }),
};

/** Marks each port once, for the finding that comes first. */
function marksIn(
  { path, bytes }: CapturedFile,
  findings: readonly ReportFinding[],
  positions: TextPositions,
): Mark[] {
  const marks = new Map<number, Mark>();
  findings.forEach(({ evidence, ports }, finding) => {
    evidence.forEach(({ file, start, end }, number) => {
      if (file !== path) return;
      for (const span of portSpans(bytes, start, end, ports)) {
        if (marks.has(span.start)) continue;
        const range = positions.range(span.start, span.end);
        marks.set(span.start, { range, finding, evidence: number });
      }
    });
  });
  return [...marks.entries()].sort(([a], [b]) => a - b).map(([, mark]) => mark);
}

function problemsIn(captures: readonly Capture[], positions: TextPositions): TextProblem[] {
  return captures
    .filter(({ content }) => content.kind !== 'unknown')
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ severity }) => severity !== 'hint')
    .slice(0, MOST_PROBLEMS)
    .map(({ severity, message, start, end }) => ({
      severity,
      message,
      range: positions.range(start, end),
    }));
}
