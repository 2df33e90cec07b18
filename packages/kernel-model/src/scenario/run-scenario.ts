import { invertTuple, type Tuple } from '@tuplescope/net';
import { createTracker } from '../create-tracker.ts';
import type { Entry } from '../entry.ts';
import { findProfile } from '../find-profile.ts';
import type { NatRule } from '../nat/nat-rule.ts';
import type { Profile } from '../profile.ts';
import type { Sysctls } from '../sysctls.ts';
import type { Tracker } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import type { Verdict } from '../verdict.ts';
import { parseScenario } from './parse-scenario.ts';
import type { CheckStep, Expectation, PacketStep, Scenario } from './scenario.ts';

/** How a scenario is run. */
export interface ScenarioOptions {
  /** Instead of the profile in the text. */
  readonly profile?: Profile | string;
  /** Over the sysctls in the text. */
  readonly sysctls?: Readonly<Partial<Sysctls>>;
}

/** One thing that is expected of a verdict, and is otherwise. */
export interface VerdictMismatch {
  readonly field: 'ctstate' | 'entry' | 'state' | 'timeout' | 'unreplied' | 'assured' | 'log';
  readonly expected: unknown;
  readonly found: unknown;
}

/** One thing that a line expects and this kernel does not do. */
export interface ScenarioMismatch extends VerdictMismatch {
  /** From 1. */
  readonly line: number;
}

/** What became of a line. */
export interface ScenarioLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Seconds from the beginning. */
  readonly at: number;
  /** What conntrack said; null for a line that only looks. */
  readonly verdict: Verdict | null;
  /** The entry afterwards. */
  readonly entry: Entry | null;
  readonly mismatches: readonly ScenarioMismatch[];
}

/** What became of a scenario. */
export interface ScenarioResult {
  readonly profile: Profile;
  /** Every line did what it expects. */
  readonly passes: boolean;
  readonly lines: readonly ScenarioLine[];
  /** Of all lines, in order. */
  readonly mismatches: readonly ScenarioMismatch[];
}

/**
 * Runs a scenario against the conntrack of one kernel.
 *
 * @throws {ScenarioError} for a text that cannot be read.
 * @throws {TrackerError} `unknown-profile`, `bad-sysctl` or `bad-packet`.
 * @example
 * runScenario('> S 0:0 win 65535   NEW SYN_SENT [UNREPLIED] 120', { profile: '6.12' }).passes // true
 */
export function runScenario(text: string, options: ScenarioOptions = {}): ScenarioResult {
  const scenario = parseScenario(text);
  const chosen = options.profile ?? scenario.profile;
  if (chosen === null) {
    const expected = 'a profile as an option, or a line as profile 5.19.0';
    throw new TrackerError('unknown-profile', 'profile', null, expected);
  }
  const profile = findProfile(chosen);
  const nat = natOf(scenario);
  const tracker = createTracker({
    profile,
    sysctls: { ...(scenario.sysctls as Partial<Sysctls>), ...options.sysctls },
    ...(nat === null ? {} : { nat }),
  });
  const lines = scenario.steps.map((step) => runStep(tracker, step, scenario.redirect));
  const mismatches = lines.flatMap((line) => line.mismatches);
  return { profile, passes: mismatches.length === 0, lines, mismatches };
}

function natOf({ redirect }: Scenario): readonly NatRule[] | null {
  if (redirect === null) return null;
  return [
    { hook: 'output', match: { dst: '127.0.0.0/8' }, action: { kind: 'accept' } },
    { hook: 'output', action: { kind: 'redirect', port: redirect } },
  ];
}

function runStep(
  tracker: Tracker,
  step: PacketStep | CheckStep,
  redirect: number | null,
): ScenarioLine {
  const { at, expects, line, text } = step;
  const out = outwards(step);
  let verdict: Verdict | null = null;
  if (step.kind === 'packet') {
    const { flags, seq, ack, win, len, options, direction } = step;
    // What a redirected connection answers comes from this host too.
    const isOwn = direction === '>' || redirect !== null;
    verdict = tracker.track({
      at,
      ...(direction === '>' ? out : inwards(out, redirect)),
      flags,
      seq,
      ...(ack === undefined ? {} : { ack }),
      win,
      len,
      ...(options === undefined ? {} : { options }),
      hook: isOwn ? 'output' : 'prerouting',
    });
  }
  const entry = tracker.find(out, at) ?? tracker.find(inwards(out, redirect), at);
  const mismatches = compareVerdict(expects, verdict, entry).map((one) => ({ line, ...one }));
  return { line, text, at, verdict, entry, mismatches };
}

function outwards({ local, remote }: PacketStep | CheckStep): Tuple {
  return { src: local.address, sport: local.port, dst: remote.address, dport: remote.port };
}

function inwards(out: Tuple, redirect: number | null): Tuple {
  const back = invertTuple(out);
  if (redirect === null) return back;
  return { ...back, src: out.src.includes(':') ? '::1' : '127.0.0.1', sport: redirect };
}

/** Compares what was expected with a verdict and the entry afterwards. */
export function compareVerdict(
  expects: Expectation,
  verdict: Verdict | null,
  entry: Entry | null,
): VerdictMismatch[] {
  const mismatches: VerdictMismatch[] = [];
  const expect = (field: VerdictMismatch['field'], expected: unknown, found: unknown): void => {
    if (expected !== undefined && expected !== found) mismatches.push({ field, expected, found });
  };
  if (verdict !== null) {
    expect('ctstate', expects.ctstate, verdict.ctstate);
    expect('log', expects.log, verdict.reason.log);
  }
  const wanted = expects.entry;
  if (wanted === undefined) return mismatches;
  if (wanted === null || entry === null) {
    expect('entry', wanted?.state ?? null, entry?.state ?? null);
    return mismatches;
  }
  for (const field of ['state', 'timeout', 'unreplied', 'assured'] as const) {
    expect(field, wanted[field], entry[field]);
  }
  return mismatches;
}
