import type { EntryState, Explanation, Lineage } from '@tuplescope/packet-explainer';
import {
  type ExplanationKernel,
  type ExplanationReport,
  explanationRecord,
  renderExplanationText,
  renderLadderSvg,
} from '@tuplescope/report';
import type { Methods } from '../../protocol/channel.ts';
import type {
  ConnectionFormat,
  ExplainApi,
  ExplainedPacket,
  ExplainWanted,
  NotExplained,
} from '../../protocol/explanations.ts';
import { OTHERWISE } from '../../protocol/verdict.ts';
import type { CaptureExplainer, LineageInCapture } from './capture-explainer.ts';
import { MOST_EXPLAINED } from './explained-packets.ts';
import type { LineageIndex } from './lineage-index.ts';

/** Gives what explains a capture by a kernel, or why nothing does. */
export type ExplainerOf = (wanted: ExplainWanted) => CaptureExplainer | NotExplained;

/** Makes what a worker answers about packets, from what explains them. */
export function createExplainApi(explainerOf: ExplainerOf): Methods<ExplainApi> {
  /** Finds a packet's connection, once all are judged: only then is known what belongs together. */
  const lineageWith = async (
    wanted: ExplainWanted,
    n: number,
  ): Promise<{ explainer: CaptureExplainer; found: LineageInCapture | undefined } | null> => {
    const explainer = explainerOf(wanted);
    if (typeof explainer === 'string') return null;
    const lineage = (await lineagesOf(explainer)).of(n);
    if (lineage === null) return null;
    const explained = await explainer.explain(new Set([lineage]));
    return { explainer, found: explained.get(lineage) };
  };

  return {
    explainKernel: (wanted) => {
      const explainer = explainerOf(wanted);
      if (typeof explainer === 'string') return explainer;
      const { profile, title, confidence, why } = explainer.kernel;
      return { profile: profile ?? '', title: title ?? profile ?? '', confidence, why };
    },
    explainVerdicts: async (wanted) => {
      const explainer = explainerOf(wanted);
      if (typeof explainer === 'string') return explainer;
      const judged = await explainer.judge();
      const verdicts = judged.verdicts.slice();
      const { than } = wanted;
      if (than !== undefined && verdicts.length <= MOST_EXPLAINED) {
        const other = explainerOf({ ...wanted, profile: than });
        if (typeof other !== 'string') await markOtherwise(verdicts, explainer, other);
      }
      return { ...judged, verdicts, handsOver: [verdicts.buffer] };
    },
    explainRows: async (wanted) => {
      const explainer = explainerOf(wanted);
      if (typeof explainer === 'string') return explainer;
      const index = await lineagesOf(explainer);
      const lineages = Array.from(wanted.numbers, index.of);
      const asked = new Set(lineages.flatMap((lineage) => lineage ?? []));
      const explained = await explainer.explain(asked, new Set(wanted.numbers));
      const says = Array.from(wanted.numbers, (n, i) => {
        const lineage = lineages[i] ?? -1;
        return explained.get(lineage)?.find(n)?.says ?? '';
      });
      return { says, isTooLong: asked.size > explained.size };
    },
    explainPacket: async (wanted) => {
      const place = await lineageWith(wanted, wanted.n);
      const explanation = place?.found?.find(wanted.n);
      if (place?.found === undefined || explanation === undefined) return null;
      return packetOf(explanation, place.found.lineage, place.explainer.kernel);
    },
    connectionOf: async (wanted) => {
      const explainer = explainerOf(wanted);
      if (typeof explainer === 'string') return null;
      const index = await lineagesOf(explainer);
      const lineage = index.of(wanted.n);
      return lineage === null ? null : index.numbersOf([lineage]);
    },
    writeConnection: async (wanted) => {
      const place = await lineageWith(wanted, wanted.n);
      if (place?.found === undefined) return null;
      return written(reportOf(place.found.lineage, place.explainer.kernel), wanted.format);
    },
  };
}

async function lineagesOf(explainer: CaptureExplainer): Promise<LineageIndex> {
  const known = explainer.lineages();
  if (known !== null) return known;
  await explainer.judge();
  return explainer.lineages() ?? NO_LINEAGES;
}

const NO_LINEAGES: LineageIndex = {
  of: () => null,
  numbersOf: () => new Uint32Array(),
  sizeOf: () => 0,
};

/** Marks the packets of which the other kernel would have another sentence. */
async function markOtherwise(
  verdicts: Uint8Array,
  explainer: CaptureExplainer,
  other: CaptureExplainer,
): Promise<void> {
  const own = await lineagesOf(explainer);
  const others = await lineagesOf(other);
  const members = new Map<number, number[]>();
  for (let n = 1; n <= verdicts.length; n++) {
    const lineage = own.of(n);
    if (lineage === null) continue;
    const known = members.get(lineage);
    if (known === undefined) members.set(lineage, [n]);
    else known.push(n);
  }
  for (const [lineage, numbers] of members) {
    const same = others.of(numbers[0] as number) ?? -1;
    const before = (await explainer.explain(new Set([lineage]))).get(lineage);
    const after = (await other.explain(new Set([same]))).get(same);
    for (const member of numbers) {
      if (before?.find(member)?.says === after?.find(member)?.says) continue;
      verdicts[member - 1] = (verdicts[member - 1] as number) | OTHERWISE;
    }
  }
}

function packetOf(
  explanation: Explanation,
  lineage: Lineage,
  kernel: ExplanationKernel,
): ExplainedPacket {
  const { ctstate, says, details, why, before, entry, contradiction } =
    explanationRecord(explanation);
  return {
    ctstate,
    says,
    details,
    rule: why.rule,
    values: Object.entries(why.values),
    log: why.log,
    commits: why.commits,
    before: entryText(before),
    after: entryText(entry),
    contradiction,
    ladder: renderLadderSvg(reportOf(lineage, kernel)),
  };
}

/** As `conntrack` prints it: `SYN_SENT 120 [UNREPLIED]`. */
export function entryText(entry: EntryState | null): string | null {
  if (entry === null) return null;
  const { state, timeout, assured, unreplied } = entry;
  const marks = [...(unreplied ? ['[UNREPLIED]'] : []), ...(assured ? ['[ASSURED]'] : [])];
  return [state, timeout, ...marks].join(' ');
}

/** A report of one group of connections, for what renders reports. */
function reportOf(lineage: Lineage, kernel: ExplanationKernel): ExplanationReport {
  const { conversations, explanations } = lineage;
  const totals = {
    packets: explanations.length,
    conversations: conversations.length,
    lineages: 1,
  };
  const tool = { name: 'tuplescope', version: '' } as const;
  return { schemaVersion: 1, tool, kernel, lineages: [lineage], totals };
}

function written(report: ExplanationReport, format: ConnectionFormat): string {
  switch (format) {
    case 'svg':
      return renderLadderSvg(report);
    case 'text':
      return [...renderExplanationText(report, { color: false, width: 120 })].join('');
    case 'ndjson':
      return [...report.lineages]
        .flatMap(({ explanations }) => explanations)
        .map((explanation) => `${JSON.stringify(explanationRecord(explanation))}\n`)
        .join('');
  }
}
