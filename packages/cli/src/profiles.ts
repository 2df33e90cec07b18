import {
  ALL_PROFILES,
  type Confidence,
  explainAffected,
  isAffected,
  type Probe,
  type Profile,
  profileFor,
} from '@tuplescope/kernel-model';
import { openOutput } from './open-output.ts';
import { renderMatch, renderProfiles } from './render-profiles.ts';
import { type Terminal, type TerminalOptions, widthOf, write } from './terminal.ts';

/** The options of `profiles`, as commander hands them over. */
export interface ProfilesOptions extends TerminalOptions {
  readonly format: string;
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

/** Lists the kernel profiles, or resolves one release; gives 2 where no profile fits it. */
export async function profiles(
  release: string | undefined,
  options: ProfilesOptions,
  terminal: Terminal,
): Promise<number> {
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
