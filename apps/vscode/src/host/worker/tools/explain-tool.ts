import type { Incident } from '@tuplescope/incident';
import type { Explanation } from '@tuplescope/packet-explainer';
import {
  type ExplanationReport,
  explanationRecord,
  makeExplanationReport,
} from '@tuplescope/report';
import type { ExplainPacketWanted, ToolAnswer } from '../../../protocol/tools.ts';
import { profileNamed } from './profile-named.ts';

/**
 * Tells a language model what a kernel does with one packet of an incident.
 *
 * @throws where there is no such file, packet or kernel, with what there is.
 */
export function explainTool(
  incidents: readonly Incident[],
  wanted: ExplainPacketWanted,
): ToolAnswer {
  const file = fileOf(incidents, wanted.file);
  const profile = wanted.kernel === undefined ? undefined : profileNamed(wanted.kernel);
  const report = makeExplanationReport(incidents, '', profile === undefined ? {} : { profile });
  const explanation = find(report, file, wanted.packet);
  if (explanation === null) {
    throw new Error(`${file} has no TCP packet ${wanted.packet} that can be explained.`);
  }
  const { contradictedBy, consistentProfiles, ...kernel } = report.kernel;
  const record = explanationRecord(explanation);
  const text = [
    `Packet ${wanted.packet} of ${file}, by ${kernel.title ?? 'an unknown kernel'}: ${record.ctstate}.`,
    record.says,
    ...record.details,
    `Rule: ${record.why.rule}.`,
    ...(record.contradiction === null ? [] : [record.contradiction]),
  ];
  const data = { kernel: { ...kernel, contradictions: contradictedBy.length }, packet: record };
  return { text: text.join('\n'), json: JSON.stringify(data) };
}

function fileOf(incidents: readonly Incident[], wanted: string | undefined): string {
  const captures = incidents.flatMap((incident) => incident.captures);
  const files = captures
    .filter(({ content }) => content.kind === 'pcap' || content.kind === 'tcpdump')
    .map(({ path }) => path);
  const fitting = files.filter(
    (path) => wanted === undefined || path === wanted || path.endsWith(`/${wanted}`),
  );
  const [file] = new Set(fitting);
  if (new Set(fitting).size === 1 && file !== undefined) return file;
  if (files.length === 0) throw new Error('No packets were captured in this incident.');
  throw new Error(`Name one of the files with packets: ${[...new Set(files)].join(', ')}.`);
}

function find({ lineages }: ExplanationReport, file: string, n: number): Explanation | null {
  for (const { explanations } of lineages) {
    for (const explanation of explanations) {
      const { at, packet } = explanation;
      if (at.file === file && at.n === n) return explanation;
      if (packet.sightings.some((seen) => seen.capture === file && seen.n === n)) {
        return explanation;
      }
    }
  }
  return null;
}
