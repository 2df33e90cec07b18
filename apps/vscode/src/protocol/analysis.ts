import type { CaptureKind } from '@tuplescope/incident';
import type { Report, ReportFinding } from '@tuplescope/report';
import type { Severity } from '@tuplescope/scan';

/** A range of a text as the editor counts: lines from 0, characters in UTF-16 units. */
export interface TextRange {
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** A place in a file of the incident. */
export interface FilePlace {
  readonly path: string;
  /** Where in its text; null in a file of packets. */
  readonly range: TextRange | null;
  /** Number of the packet, from 1, where it is one. */
  readonly packet: number | null;
}

/** A record that supports a finding: where it stands, and what it shows. */
export interface PlacedEvidence extends FilePlace {
  readonly says: string;
}

/** A finding whose evidence an editor can show. */
export interface PlacedFinding
  extends Pick<
    ReportFinding,
    | 'family'
    | 'state'
    | 'confidence'
    | 'confidenceReason'
    | 'ports'
    | 'summary'
    | 'story'
    | 'missing'
    | 'mitigations'
    | 'sources'
    | 'namespace'
  > {
  readonly evidence: readonly PlacedEvidence[];
}

/** A port that collides, as it stands in a text. */
export interface Mark {
  readonly range: TextRange;
  /** Number of the finding in the analysis, from 0. */
  readonly finding: number;
  /** Number of the evidence in the finding, from 0. */
  readonly evidence: number;
}

/** A record in the outline of a text. */
export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly range: TextRange;
}

/** What one command printed. */
export interface CaptureSection {
  readonly kind: CaptureKind;
  readonly command: string | null;
  readonly records: number;
  readonly range: TextRange;
  /** Its records, the first thousands of them. */
  readonly items: readonly OutlineItem[];
}

/** What a parser says of a line. */
export interface TextProblem {
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
}

/** What was read in one file. */
export interface FileAnalysis {
  readonly path: string;
  /** Empty where nothing was recognised. */
  readonly sections: readonly CaptureSection[];
  readonly marks: readonly Mark[];
  readonly problems: readonly TextProblem[];
}

/** What was found in some files, and where. */
export interface Analysis {
  readonly files: readonly FileAnalysis[];
  readonly findings: readonly PlacedFinding[];
  readonly kernel: Report['kernel'];
  /** Names of the files that are packed: the editor has no other way to them than the worker. */
  readonly packed: readonly string[];
}

/** A file for a worker: one that it has already is named by its version alone. */
export interface SentFile {
  readonly path: string;
  /** Changes when the content does. */
  readonly version: string;
  /** The content, or null where the worker has this version or can open the file itself. */
  readonly bytes: Uint8Array | null;
  /** A name by which the worker can open the file itself, where there is one. */
  readonly local?: string;
}

/** What is to be read. */
export interface AnalysisRequest {
  readonly files: readonly SentFile[];
  /** Hours that time stamps without a zone are ahead of UTC. */
  readonly utcOffsetHours: number;
}

/** How a report can be written, by the names that `tuplescope analyze --format` takes. */
export type ReportFormat = 'markdown' | 'html' | 'sarif' | 'json' | 'text';

/** What a worker that analyses does. */
export interface AnalysisApi {
  /** Reads files, and finds what collides in all of them together; keeps them for questions. */
  analyze(request: AnalysisRequest): Analysis;
  /** Gives the content of a file that was read, out of an archive too; null where there is none. */
  member(path: string): Uint8Array | null;
  /** Writes the report of the last analysis, as the command `tuplescope` of that version would. */
  report(wanted: { format: ReportFormat; version: string }): string;
  /** Gives the records that concern the connection of the record at a place of the last analysis. */
  related(place: { path: string; line: number; character: number }): readonly RelatedPlace[];
}

/** A record of the same connection. */
export interface RelatedPlace extends FilePlace {
  readonly kind: CaptureKind;
  /** Whether it is the very record that was asked about. */
  readonly isSelf: boolean;
}
