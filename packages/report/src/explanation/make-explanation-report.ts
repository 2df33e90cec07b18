import type { Conversation } from '@tuplescope/conversation';
import type { Incident } from '@tuplescope/incident';
import {
  type CapturedPackets,
  type Explanations,
  explainPackets,
  type Lineage,
  readIncidentPackets,
} from '@tuplescope/packet-explainer';
import { type AskedKernel, type ChosenKernel, chooseKernel } from './explain-kernel.ts';
import type { ExplanationReport } from './explanation-report.ts';

/** What a reader asks of the packets. */
export interface ExplanationOptions extends AskedKernel {
  /** Only connections that have this port at one of their ends, before or after translation. */
  readonly port?: number;
}

/** One namespace's packets, explained. */
interface Part extends ChosenKernel {
  readonly packets: CapturedPackets;
  readonly explanations: Explanations;
}

/**
 * Explains the packets of incidents. Each is explained by its own kernel; the head tells of the first
 * that has packets. Lineages are worked out while they are read.
 *
 * @param version the version of the command, for the report's head.
 * @throws {TrackerError} `bad-sysctl` for a sysctl that the kernel lacks, or a value out of range.
 * @example
 * const report = makeExplanationReport(readIncidents(files), '1.0.0', { port: 44410 });
 * report.kernel.contradictedBy.length // 3
 */
export function makeExplanationReport(
  incidents: readonly Incident[],
  version: string,
  options: ExplanationOptions = {},
): ExplanationReport {
  const parts = incidents.map((incident) => partOf(incident, options));
  const [first] = [...parts].sort((a, b) => packetsIn(b) - packetsIn(a));
  if (first === undefined) throw new RangeError('no incident was read');
  const { port } = options;
  return {
    schemaVersion: 1,
    tool: { name: 'tuplescope', version },
    kernel: first.kernel,
    lineages: { [Symbol.iterator]: () => lineagesOf(parts, port) },
    totals: totalsOf(parts, port),
  };
}

function partOf(incident: Incident, options: ExplanationOptions): Part {
  const packets = readIncidentPackets(incident);
  const chosen = chooseKernel(incident, packets, options);
  const { profile } = chosen;
  const sysctls = options.sysctls ?? {};
  return { ...chosen, packets, explanations: explainPackets(packets, { profile, sysctls }) };
}

function packetsIn({ packets: { captures } }: Part): number {
  return captures.reduce((sum, { segments }) => sum + segments.length, 0);
}

function* lineagesOf(parts: readonly Part[], port: number | undefined): Generator<Lineage> {
  for (const { explanations } of parts) {
    for (let index = 0; index < explanations.length; index++) {
      if (port === undefined || explanations.conversationsOf(index).some((one) => has(one, port))) {
        yield explanations.at(index);
      }
    }
  }
}

function has({ client, server, translated }: Conversation, port: number): boolean {
  return [client, server, translated?.client, translated?.server].some((end) => end?.port === port);
}

function totalsOf(parts: readonly Part[], port: number | undefined): ExplanationReport['totals'] {
  let lineages = 0;
  let conversations = 0;
  let packets = 0;
  for (const { explanations } of parts) {
    for (let index = 0; index < explanations.length; index++) {
      const members = explanations.conversationsOf(index);
      if (port !== undefined && !members.some((one) => has(one, port))) continue;
      lineages++;
      conversations += members.length;
      packets += members.reduce(
        (sum, { sightings }) => sum + sightings.original + sightings.reply,
        0,
      );
    }
  }
  return { packets, conversations, lineages };
}
