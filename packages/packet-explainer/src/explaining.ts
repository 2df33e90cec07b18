import {
  type Behaviour,
  behaviourOf,
  createTracker,
  type Profile,
  type Sysctls,
  type Tracker,
} from '@tuplescope/kernel-model';
import type { CapturedPackets } from './captured-packets.ts';
import type { Evidence } from './evidence.ts';

/** What a kernel is asked about: the packets, what else is known, and which kernel. */
export interface Explaining extends CapturedPackets {
  readonly profile: Profile;
  readonly behaviour: Behaviour;
  /** The profile's sysctls, those that were captured over them, those that were asked for on top. */
  readonly sysctls: Sysctls;
  /** Tracks the connections that nothing translates, one after the other; it is left empty each time. */
  readonly plain: Tracker;
}

/**
 * Begins to explain packets by one kernel.
 *
 * @param asked sysctls that win over the captured ones.
 * @throws {TrackerError} `bad-sysctl` for one that this kernel lacks, or a value out of its range.
 */
export function beginExplaining(
  packets: CapturedPackets,
  profile: Profile,
  asked: Readonly<Partial<Sysctls>> = {},
): Explaining {
  const sysctls = { ...capturedFor(profile, packets.evidence), ...asked };
  const plain = createTracker({ profile, sysctls });
  return { ...packets, profile, behaviour: behaviourOf(profile), sysctls: plain.sysctls, plain };
}

/** A sysctl that was captured on another kernel than this one is left out where this one lacks it. */
function capturedFor({ sysctls }: Profile, { sysctls: captured }: Evidence): Partial<Sysctls> {
  const known = Object.entries(captured).filter(
    ([name]) => sysctls[name as keyof Sysctls] !== null,
  );
  return Object.fromEntries(known);
}
