import type { Incident } from '@tuplescope/incident';
import { isAffected, type ProfileMatch, profileFor } from '@tuplescope/kernel-model';
import type { JoinedAttempt } from './join-attempts.ts';

/** A packet that a profile would not have sent so. */
export interface Contradiction {
  readonly file: string;
  /** Number of the packet in its capture, or null where the record is no packet. */
  readonly packet: number | null;
  readonly why: string;
}

/** What is known of the kernel, and what the records show of it. */
export interface KernelAssessment {
  /** What `uname` says, or null where the incident has none. */
  readonly release: string | null;
  /** The profile's id, or null where none fits. */
  readonly profile: string | null;
  readonly confidence: 'certain' | 'likely' | 'possible' | 'unknown';
  readonly why: string;
  readonly contradictedBy: readonly Contradiction[];
  /** Profiles that the records do not contradict, where packets were explained. */
  readonly consistentProfiles: readonly string[];
  /** Whether this kernel calls the RST of a collision INVALID: by its profile, or as was seen. */
  readonly callsResetInvalid: 'yes' | 'no' | 'unknown';
}

/**
 * Says what the kernel is, by its `uname`, and whether the records agree: a RST that left with its
 * untranslated address shows that conntrack called it INVALID, whatever the version says.
 */
export function assessKernel(
  incident: Incident,
  attempts: readonly JoinedAttempt[],
): KernelAssessment {
  const release = incident.kernel?.text ?? null;
  const resolved = release === null ? null : profileFor(release);
  const byProfile = resolved === null ? 'unknown' : expectationOf(resolved);
  const observed = observation(attempts);
  const contradictedBy: Contradiction[] = observed !== null && byProfile === 'no' ? [observed] : [];
  return {
    release: incident.kernel?.release ?? null,
    profile: resolved?.profile?.id ?? null,
    confidence: resolved?.confidence ?? 'unknown',
    why: resolved?.why ?? 'No uname and no /proc/version tells the kernel.',
    contradictedBy,
    consistentProfiles: [],
    callsResetInvalid: observed !== null ? 'yes' : byProfile,
  };
}

/** What the profile, or where several may be right all of them, would do with such a RST. */
function expectationOf({ profile, candidates }: ProfileMatch): 'yes' | 'no' | 'unknown' {
  const answers = new Set(
    (candidates.length > 0 ? candidates : profile === null ? [] : [profile]).map(isAffected),
  );
  if (answers.size !== 1) return 'unknown';
  return answers.has(true) ? 'yes' : 'no';
}

/** The first RST that went astray: what the records themselves show of this kernel. */
function observation(attempts: readonly JoinedAttempt[]): Contradiction | null {
  for (const { resets, evidence } of attempts) {
    if (resets.untranslated === 0) continue;
    const seen = evidence.find(({ shows }) => shows === 'reset-untranslated');
    if (seen === undefined) continue;
    const why =
      'A RST that answers a challenge ACK left with its untranslated address, so conntrack called it INVALID; this profile would have translated it.';
    return { file: seen.place.file, packet: seen.packet, why };
  }
  return null;
}
