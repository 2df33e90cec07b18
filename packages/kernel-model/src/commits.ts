import type { Commit, CommitName } from './commit.ts';
import { challengeAckFix } from './commits/challenge-ack-fix.ts';
import { challengeLimitOff } from './commits/challenge-limit-off.ts';
import { delayedPass } from './commits/delayed-pass.ts';
import { destroyState } from './commits/destroy-state.ts';
import { dstPortFromStart } from './commits/dst-port-from-start.ts';
import { earlySynResend } from './commits/early-syn-resend.ts';
import { evictClosingReply } from './commits/evict-closing-reply.ts';
import { exactRst } from './commits/exact-rst.ts';
import { ignoreRstSysctl } from './commits/ignore-rst-sysctl.ts';
import { invalidCloseTimeout } from './commits/invalid-close-timeout.ts';
import { keepLiberal } from './commits/keep-liberal.ts';
import { keepalivePickup } from './commits/keepalive-pickup.ts';
import { linearSynTimeouts } from './commits/linear-syn-timeouts.ts';
import { logDevices } from './commits/log-devices.ts';
import { logIgnoredDirection } from './commits/log-ignored-direction.ts';
import { logInvalidDirection } from './commits/log-invalid-direction.ts';
import { logInvalidNew } from './commits/log-invalid-new.ts';
import { logLoweredTimeout } from './commits/log-lowered-timeout.ts';
import { noSynRenewal } from './commits/no-syn-renewal.ts';
import { overshootAllowance } from './commits/overshoot-allowance.ts';
import { pawsChallengesSyn } from './commits/paws-challenges-syn.ts';
import { perturbedPorts } from './commits/perturbed-ports.ts';
import { portRangeStepOne } from './commits/port-range-step-one.ts';
import { portStepWidth } from './commits/port-step-width.ts';
import { rawWindow } from './commits/raw-window.ts';
import { reinitSynOnly } from './commits/reinit-syn-only.ts';
import { reinitSynack } from './commits/reinit-synack.ts';
import { repeatNotInvalid } from './commits/repeat-not-invalid.ts';
import { reuseRst } from './commits/reuse-rst.ts';
import { rstDirection } from './commits/rst-direction.ts';
import { rstUnack } from './commits/rst-unack.ts';
import { scaleFromReply } from './commits/scale-from-reply.ts';
import { silentShortPacket } from './commits/silent-short-packet.ts';

/**
 * Every behaviour difference that the model knows: the tracker's in the order in which mainline got
 * them, then log texts, events, counters, NAT and sockets.
 */
export const ALL_COMMITS: readonly Commit[] = [
  rawWindow,
  exactRst,
  keepalivePickup,
  noSynRenewal,
  reuseRst,
  ignoreRstSysctl,
  keepLiberal,
  reinitSynack,
  reinitSynOnly,
  overshootAllowance,
  delayedPass,
  invalidCloseTimeout,
  challengeAckFix,
  scaleFromReply,
  rstDirection,
  rstUnack,
  logIgnoredDirection,
  logInvalidDirection,
  logInvalidNew,
  logLoweredTimeout,
  logDevices,
  silentShortPacket,
  destroyState,
  repeatNotInvalid,
  evictClosingReply,
  dstPortFromStart,
  earlySynResend,
  challengeLimitOff,
  pawsChallengesSyn,
  linearSynTimeouts,
  perturbedPorts,
  portRangeStepOne,
  portStepWidth,
];

const BY_NAME: ReadonlyMap<string, Commit> = new Map(
  ALL_COMMITS.map((commit) => [commit.name, commit]),
);

/**
 * Finds a commit by its short name or its mainline hash (7 to 40 hex digits), or null.
 *
 * @example
 * commitFor('c7aab4f17021')?.name // 'reinit-syn-only'
 */
export function commitFor(nameOrHash: string): Commit | null {
  const named = BY_NAME.get(nameOrHash);
  if (named !== undefined) return named;
  if (!/^[0-9a-f]{7,40}$/i.test(nameOrHash)) return null;
  const wanted = nameOrHash.toLowerCase();
  return ALL_COMMITS.find((commit) => hashesOf(commit).some((hash) => agree(hash, wanted))) ?? null;
}

/** Lists commit names without repetition, sorted, as a profile keeps them. */
export function sortCommits(names: Iterable<CommitName>): readonly CommitName[] {
  return [...new Set(names)].sort();
}

function hashesOf({ hash, alongside = [] }: Commit): readonly string[] {
  return hash === null ? alongside : [hash, ...alongside];
}

/** Abbreviated hashes agree as far as the shorter one goes. */
function agree(known: string, wanted: string): boolean {
  return known.startsWith(wanted) || wanted.startsWith(known);
}
