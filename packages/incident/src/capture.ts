import type { ConntrackStatisticsTable, ConntrackTable } from '@tuplescope/conntrack-parser';
import type { NetfilterLogTable } from '@tuplescope/netfilter-log-parser';
import type { NstatTable } from '@tuplescope/nstat-parser';
import type { PcapTable } from '@tuplescope/pcap-reader';
import type { RulesetTable, SysctlTable, Uname } from '@tuplescope/ruleset-parser';
import type { Diagnostic, SourceOrigin } from '@tuplescope/scan';
import type { SsSummary, SsTable } from '@tuplescope/ss-parser';
import type { TcpdumpTable } from '@tuplescope/tcpdump-parser';

/** What a command's output was recognised as, with its records. */
export type CaptureContent =
  | { readonly kind: 'ss'; readonly table: SsTable }
  | { readonly kind: 'ss-summary'; readonly summary: SsSummary }
  | { readonly kind: 'conntrack'; readonly table: ConntrackTable }
  | { readonly kind: 'conntrack-statistics'; readonly table: ConntrackStatisticsTable }
  | { readonly kind: 'nstat'; readonly table: NstatTable }
  | { readonly kind: 'log'; readonly table: NetfilterLogTable }
  | { readonly kind: 'ruleset'; readonly table: RulesetTable }
  | { readonly kind: 'sysctl'; readonly table: SysctlTable }
  | { readonly kind: 'uname'; readonly uname: Uname }
  | { readonly kind: 'tcpdump'; readonly table: TcpdumpTable }
  | { readonly kind: 'date'; readonly at: number }
  | { readonly kind: 'pcap'; readonly table: PcapTable }
  | { readonly kind: 'unknown' };

/** The name of each kind of output. */
export type CaptureKind = CaptureContent['kind'];

/** The output of one command: a whole file, or a piece of a transcript. */
export interface Capture {
  /** The file's name, as handed over. */
  readonly path: string;
  /** Where the output begins in its file; the records' spans count from there. */
  readonly origin: SourceOrigin;
  /** The command that printed it, where a prompt or the file's name says so. */
  readonly command: string | null;
  /** The output itself. */
  readonly bytes: Uint8Array;
  /** What it was recognised as. */
  readonly content: CaptureContent;
  /** How many records it holds. */
  readonly records: number;
  /** What the parser and the recognition had to say, with places in the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A capture whose content is of one kind. */
export type CaptureOf<Kind extends CaptureKind> = Capture & {
  readonly content: Extract<CaptureContent, { kind: Kind }>;
};

/**
 * Picks the captures of one kind, typed as such.
 *
 * @example
 * for (const { content } of capturesOf(incident.captures, 'ss')) content.table.length
 */
export function capturesOf<Kind extends CaptureKind>(
  captures: readonly Capture[],
  kind: Kind,
): CaptureOf<Kind>[] {
  return captures.filter((capture): capture is CaptureOf<Kind> => capture.content.kind === kind);
}
