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
import { openOutput } from './open-output.ts';
import { profileNamed } from './profile-named.ts';
import { renderMatch, renderOutcomes, renderProfiles } from './render-profiles.ts';
import { type Terminal, type TerminalOptions, widthOf, write } from './terminal.ts';

/** The options of `profiles`, as commander hands them over. */
export interface ProfilesOptions extends TerminalOptions {
  readonly format: string;
  /** Both cases of istio issue 43301 on each profile, with each mitigation. */
  readonly outcomes?: boolean;
  readonly output?: string;
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
  if (options.outcomes === true) return await outcomes(release, options, terminal);
  const match = release === undefined ? null : matchOf(release);
  const answer = match === null ? { profiles: ALL_PROFILES.map(tellProfile) } : { match };
  const output = openOutput(options.output, terminal.stdout);
  const text =
    match === null
      ? renderProfiles(ALL_PROFILES.map(tellProfile))
      : renderMatch(match, widthOf(terminal));
  const json = `${JSON.stringify({ schemaVersion: 1, ...answer }, null, 2)}\n`;
  await write(output.stream, options.format === 'json' ? json : text);
  await output.close();
  return match !== null && match.profile === null ? 2 : 0;
}

async function outcomes(
  release: string | undefined,
  options: ProfilesOptions,
  { stdout }: Terminal,
): Promise<number> {
  const cells = outcomesTable(release === undefined ? ALL_PROFILES : [profileNamed(release)]);
  const output = openOutput(options.output, stdout);
  const json = `${JSON.stringify({ schemaVersion: 1, outcomes: cells }, null, 2)}\n`;
  await write(output.stream, options.format === 'json' ? json : renderOutcomes(cells));
  await output.close();
  return 0;
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
