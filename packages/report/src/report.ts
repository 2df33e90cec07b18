import type { Finding, KernelAssessment } from '@tuplescope/collision-detector';
import type { Diagnostic } from '@tuplescope/scan';

/** One command's output among the files that were read. */
export interface ReportFile {
  readonly path: string;
  /** Line where the output begins, for a transcript with several. */
  readonly line: number;
  /** What it was recognised as. */
  readonly kind: string;
  readonly command: string | null;
  readonly records: number;
  readonly diagnostics: readonly Pick<Diagnostic, 'severity' | 'line' | 'column' | 'message'>[];
  /** The network namespace, where the input has several. */
  readonly namespace?: string;
}

/** Listings that were taken together. */
export interface ReportSnapshot {
  /** Seconds since the epoch, or null where nothing says when. */
  readonly at: number | null;
  readonly files: readonly string[];
  readonly namespace?: string;
}

/** How a file's clock differs from that of the packet captures. */
export interface ReportClock {
  readonly file: string;
  /** Seconds to add to the file's times. */
  readonly offsetSeconds: number;
  readonly from: string;
  readonly namespace?: string;
}

/** A port to which rules send traffic. */
export interface ReportInterception {
  readonly direction: 'inbound' | 'outbound';
  readonly port: number;
  /** `file:line` of the rule, or which well-known port it is. */
  readonly from: string;
  readonly namespace?: string;
}

/** What the command and the extension say of an input: the contract of `analyze --format json`. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'tuplescope'; readonly version: string };
  readonly incident: {
    readonly files: readonly ReportFile[];
    readonly snapshots: readonly ReportSnapshot[];
    readonly clocks: readonly ReportClock[];
    /** The namespaces, where the input has several. */
    readonly namespaces?: readonly string[];
  };
  readonly kernel: ReportKernel;
  /** The kernels by namespace, where the input has several namespaces. */
  readonly kernels?: readonly ReportKernel[];
  readonly interception: readonly ReportInterception[];
  readonly findings: readonly ReportFinding[];
}

/** A finding, with its namespace where the input has several. */
export interface ReportFinding extends Finding {
  readonly namespace?: string;
}

/** What is known of the kernel, with its namespace where the input has several. */
export type ReportKernel = Omit<KernelAssessment, 'callsResetInvalid'> & {
  readonly namespace?: string;
};

/** What a reader asked for. */
export interface AskedPort {
  /** The port that alone was asked for, where one was: the report holds only what concerns it. */
  readonly port?: number;
}
