import { commitFor, type Profile } from '@tuplescope/kernel-model';
import { formatEndpoint } from '@tuplescope/net';
import {
  type IncidentKernel,
  type NumberFacts,
  type Probability,
  runPackets,
  type Scene,
  type SimulatedPacket,
  type SimulatedRun,
  type Simulation,
  type SysctlValues,
  tellRun,
  type UnavailableRun,
  type UntranslatedRule,
} from '@tuplescope/simulation';

/** A packet of a run: the shape of `explain --format ndjson`, and where it got to. */
export interface ToldPacket extends Omit<SimulatedPacket, 'sender' | 'why'> {
  readonly sender: SimulatedPacket['sender']['owner'];
  readonly why: {
    readonly rule: string;
    readonly values: Readonly<Record<string, number>>;
    /** Hashes of commits; the name of one whose hash is not known. */
    readonly commits: readonly string[];
    readonly log: string | null;
  };
}

/** What came of a connect on one kernel. */
export interface ToldRun {
  readonly profile: string;
  readonly sysctls: SysctlValues;
  readonly mitigation: string | null;
  /** Whether packets show the sequence numbers, or which half of all stands in for them. */
  readonly numbers: SimulatedRun['numbers']['half'];
  readonly outcome: SimulatedRun['outcome'];
  readonly seconds: number;
  readonly why: string;
  readonly counters: SimulatedRun['counters'];
  readonly logs: SimulatedRun['logs'];
  readonly packets: readonly ToldPacket[];
}

/** The answer of `simulate --format json`. */
export interface SimulateAnswer {
  readonly schemaVersion: 1;
  /** The network namespace, where the input has several. */
  readonly namespace: string | null;
  readonly port: number;
  /** The client's end. */
  readonly from: string;
  readonly to: string;
  readonly stale: {
    readonly local: string;
    readonly state: string;
    readonly process: Scene['stale']['process'];
  };
  readonly snapshot: Omit<NonNullable<Scene['snapshot']>, 'index'> | null;
  /** As packets show them; null is not known. */
  readonly numbers: NumberFacts;
  readonly kernel: Omit<IncidentKernel, 'profile'> & { readonly profile: string | null };
  readonly runs: readonly ToldRun[];
  readonly unavailable: readonly UnavailableRun[];
  readonly probability: Probability & { readonly profile: string | null };
  readonly assumptions: readonly string[];
  readonly untranslated: readonly UntranslatedRule[];
  readonly otherPorts: readonly number[];
}

/** What an answer is made of. */
export interface SimulateParts {
  readonly namespace: string | null;
  readonly scene: Scene;
  readonly kernel: IncidentKernel;
  readonly simulation: Simulation;
  readonly probability: Probability;
  /** The kernel of the probability. */
  readonly profile: Profile | null;
}

/** Makes the answer of `simulate`. */
export function simulateAnswer(parts: SimulateParts): SimulateAnswer {
  const { scene, kernel, simulation } = parts;
  const { stale, snapshot } = scene;
  return {
    schemaVersion: 1,
    namespace: parts.namespace,
    port: stale.client.port,
    from: formatEndpoint(stale.client),
    to: formatEndpoint(scene.to),
    stale: { local: formatEndpoint(stale.local), state: stale.state, process: stale.process },
    snapshot: snapshot === null ? null : toldSnapshot(snapshot),
    numbers: scene.numbers,
    kernel: { ...kernel, profile: kernel.profile?.id ?? null },
    runs: simulation.runs.map(toldRun),
    unavailable: simulation.unavailable,
    probability: { ...parts.probability, profile: parts.profile?.id ?? null },
    assumptions: scene.assumptions,
    untranslated: scene.untranslated,
    otherPorts: scene.otherPorts,
  };
}

function toldSnapshot({ name, at, secondsBefore }: NonNullable<Scene['snapshot']>): {
  readonly name: string;
  readonly at: number | null;
  readonly secondsBefore: number | null;
} {
  return { name, at, secondsBefore };
}

function toldRun(run: SimulatedRun): ToldRun {
  const { profile, sysctls, mitigation, numbers, outcome, seconds, counters, logs } = run;
  return {
    profile,
    sysctls,
    mitigation,
    numbers: numbers.half,
    outcome,
    seconds,
    why: tellRun(run),
    counters,
    logs,
    packets: runPackets(run).map(toldPacket),
  };
}

function toldPacket({ sender, why, ...packet }: SimulatedPacket): ToldPacket {
  const { rule, values, commits, log } = why;
  return {
    ...packet,
    sender: sender.owner,
    why: { rule, values, commits: commits.map((name) => commitFor(name)?.hash ?? name), log },
  };
}
