import type { Lineage } from '@tuplescope/packet-explainer';
import type { ReportKernel } from '../report.ts';

/** The kernel that packets are explained by, and whether they agree. */
export interface ExplanationKernel extends ReportKernel {
  /** What a reader calls the profile, `SLES 15 SP4, 5.14.21`; null where there is none. */
  readonly title: string | null;
}

/** How much there is to explain. */
export interface ExplanationTotals {
  readonly packets: number;
  readonly conversations: number;
  readonly lineages: number;
}

/** Every packet of an input, explained: what the renderers of explanations take. */
export interface ExplanationReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'tuplescope'; readonly version: string };
  readonly kernel: ExplanationKernel;
  /** In the order of their first packets; read once, so it may be made while it is read. */
  readonly lineages: Iterable<Lineage>;
  readonly totals: ExplanationTotals;
}
