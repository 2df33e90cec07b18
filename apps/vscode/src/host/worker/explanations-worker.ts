import type { Incident } from '@tuplescope/incident';
import { ALL_PROFILES } from '@tuplescope/kernel-model';
import { readIncidentPackets } from '@tuplescope/packet-explainer';
import { chooseKernel, makeExplanationReport, renderExplanationText } from '@tuplescope/report';
import type { Methods } from '../../protocol/channel.ts';
import type { ExplanationsApi, NotExplained } from '../../protocol/explanations.ts';
import type { CaptureExplainer, JudgedCapture, LineageInCapture } from './capture-explainer.ts';
import { createExplainApi } from './explain-api.ts';
import { type ExplainedPackets, explainedPackets, lastNumber } from './explained-packets.ts';
import { incidentKnowledge } from './incident-knowledge.ts';
import { createJudging } from './judging.ts';
import type { OpenSource } from './open-source.ts';
import { whatIf } from './what-if.ts';

/** More packets than these are judged by a worker of their own: they would hold up all else. */
const MOST_PACKETS = 1_000_000;

/** Kernels whose explanations are kept: two that are compared, and the one before. */
const MOST_KERNELS = 3;

/**
 * Makes what a worker answers about what a kernel does with the packets of an incident.
 *
 * @param incidentsOf gives the incidents that were read last, the same array until the next reading.
 * @param openSource opens a capture file that is too large to be read with the others.
 */
export function createExplanationsWorker(
  incidentsOf: () => readonly Incident[],
  openSource: OpenSource,
): Methods<ExplanationsApi> {
  const judging = createJudging(openSource);
  let explained = new Map<string, ReadonlyMap<string, CaptureExplainer> | NotExplained>();
  let of: readonly Incident[] = [];

  const explainersBy = (
    profile: string | null,
  ): ReadonlyMap<string, CaptureExplainer> | NotExplained => {
    if (of !== incidentsOf()) {
      of = incidentsOf();
      explained = new Map();
    }
    const key = profile ?? '';
    const known = explained.get(key) ?? explainersOf(of, profile);
    explained.delete(key);
    explained.set(key, known);
    for (const old of explained.keys()) if (explained.size > MOST_KERNELS) explained.delete(old);
    return known;
  };

  return {
    ...judging.methods,
    ...createExplainApi((wanted) => {
      if (judging.explainerOf !== null) return judging.explainerOf(wanted);
      const { path, profile } = wanted;
      const found = explainersBy(profile);
      return typeof found === 'string' ? found : (found.get(path) ?? 'not-read');
    }),
    incidentKnowledge: (path) => incidentKnowledge(incidentsOf(), path),
    explainPort: ({ port, profile: name }) => {
      if (incidentsOf().length === 0) return null;
      const profile = profileOf(name);
      const report = makeExplanationReport(incidentsOf(), '', {
        ...(profile === undefined ? {} : { profile }),
        ...(port === null ? {} : { port }),
      });
      if (report.totals.packets === 0) return null;
      return [...renderExplanationText(report, { color: false, width: 120 })].join('');
    },
    whatIf: (wanted) => whatIf(incidentsOf(), wanted),
  };
}

function profileOf(name: string | null): (typeof ALL_PROFILES)[number] | undefined {
  return ALL_PROFILES.find(({ id }) => id === name);
}

/** Explains each capture file of incidents, by its incident's own kernel unless one is asked for. */
function explainersOf(
  incidents: readonly Incident[],
  name: string | null,
): ReadonlyMap<string, CaptureExplainer> | NotExplained {
  const asked = profileOf(name);
  const explainers = new Map<string, CaptureExplainer>();
  const parts = incidents.map((incident) => ({ incident, packets: readIncidentPackets(incident) }));
  const total = parts
    .flatMap(({ packets }) => packets.captures)
    .reduce((sum, { segments }) => sum + segments.length, 0);
  if (total > MOST_PACKETS) return 'too-many';
  for (const { incident, packets } of parts) {
    const { profile, kernel } = chooseKernel(
      incident,
      packets,
      asked === undefined ? {} : { profile: asked },
    );
    const explaining = explainedPackets(packets, profile);
    const judged = judgedOnce(explaining);
    for (const [capture, { name: path }] of packets.captures.entries()) {
      explainers.set(path, {
        kernel,
        judge: async () => judged(capture),
        lineages: () => explaining.lineagesIn(capture),
        explain: async (lineages) => explainThese(explaining, capture, lineages),
      });
    }
  }
  return explainers;
}

/** Judges the captures of an incident together, once for all of them. */
function judgedOnce(explaining: ExplainedPackets): (capture: number) => JudgedCapture {
  let done: { verdicts: readonly Uint8Array[]; contradictions: number } | null = null;
  return (capture) => {
    if (done === null) {
      const { packets } = explaining;
      const verdicts = packets.captures.map((_, at) => new Uint8Array(lastNumber(packets, at)));
      done = { verdicts, contradictions: explaining.judge(verdicts) };
    }
    const { verdicts, contradictions } = done;
    return { verdicts: verdicts[capture] ?? new Uint8Array(), contradictions, unjudged: 0 };
  };
}

function explainThese(
  explaining: ExplainedPackets,
  capture: number,
  lineages: ReadonlySet<number>,
): Map<number, LineageInCapture> {
  const found = new Map<number, LineageInCapture>();
  for (const number of lineages) {
    const explained = explaining.explain(number);
    if (explained === null) continue;
    const { lineage, find } = explained;
    found.set(number, { lineage, find: (n) => find(capture, n) });
  }
  return found;
}
