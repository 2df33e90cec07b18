import {
  ALL_PROFILES,
  type Confidence,
  explainAffected,
  isAffected,
  outcomesTable,
  type Probe,
  type Profile,
  profileFor,
} from '@tuplescope/kernel-model';
import { profileNamed } from './profile-named.ts';
import { renderMatch, renderOutcomes, renderProfiles } from './render-profiles.ts';
import type { Terminal } from './terminal.ts';
import { type AnswerOptions, writeAnswer } from './write-answer.ts';

/** The options of `profiles`, as commander hands them over. */
export interface ProfilesOptions extends AnswerOptions {
  /** Both cases of istio issue 43301 on each profile, with each mitigation. */
  readonly outcomes?: boolean;
}

/** A profile as the answer tells it. */
export interface ToldProfile {
  readonly id: string;
  readonly title: string;
  readonly base: string;
  /** Whether istio issue 43301 strikes it. */
  readonly affected: boolean;
  readonly why: string;
  readonly commits: readonly string[];
  readonly claims: Profile['claims'];
  readonly notes: readonly string[];
}

/** What a kernel release resolves to. */
export interface ToldMatch {
  readonly release: string;
  readonly profile: ToldProfile | null;
  readonly confidence: Confidence;
  readonly why: string;
  readonly candidates: readonly string[];
  readonly probe: readonly Probe[];
}

/**
 * Lists the kernel profiles, or resolves one release, or tells what becomes of a connect on them;
 * gives 2 where no profile fits the release.
 */
export async function profiles(
  release: string | undefined,
  options: ProfilesOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.outcomes === true) {
    const outcomes = outcomesTable(release === undefined ? ALL_PROFILES : [profileNamed(release)]);
    const answer = { schemaVersion: 1, outcomes };
    await writeAnswer(answer, () => renderOutcomes(outcomes), options, terminal);
    return 0;
  }
  if (release === undefined) {
    const told = ALL_PROFILES.map(tellProfile);
    const answer = { schemaVersion: 1, profiles: told };
    await writeAnswer(answer, () => renderProfiles(told), options, terminal);
    return 0;
  }
  const match = matchOf(release);
  const answer = { schemaVersion: 1, match };
  await writeAnswer(answer, ({ width }) => renderMatch(match, width), options, terminal);
  return match.profile === null ? 2 : 0;
}

function matchOf(release: string): ToldMatch {
  const { profile, confidence, why, candidates, probe } = profileFor(release);
  return {
    release,
    profile: profile === null ? null : tellProfile(profile),
    confidence,
    why,
    candidates: candidates.map(({ id }) => id),
    probe,
  };
}

function tellProfile(profile: Profile): ToldProfile {
  const { id, title, base, commits, claims, notes } = profile;
  return {
    id,
    title,
    base,
    affected: isAffected(profile),
    why: explainAffected(profile),
    commits,
    claims,
    notes,
  };
}
