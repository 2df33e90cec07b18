import type {
  Behaviour,
  LogBehaviour,
  LoweredTimeoutText,
  Overshoot,
  Reinit,
  SocketBehaviour,
} from './behaviour.ts';
import type { CommitName } from './commit.ts';

type Has = (name: CommitName) => boolean;

/**
 * Compiles a profile's commits to switches; nothing but the commits counts.
 *
 * @example
 * behaviourOf({ commits: ['reinit-syn-only'] }).reinit // 'synOnly'
 */
export function behaviourOf(profile: { readonly commits: readonly CommitName[] }): Behaviour {
  const present: ReadonlySet<CommitName> = new Set(profile.commits);
  const has: Has = (name) => present.has(name);
  return {
    winRaw: has('raw-window'),
    rstExact: has('exact-rst'),
    keepalive: has('keepalive-pickup'),
    noRenewSyn: has('no-syn-renewal'),
    rstReuse: has('reuse-rst'),
    ignoreRstSysctl: has('ignore-rst-sysctl'),
    keepLiberal: has('keep-liberal'),
    reinit: reinitOf(has),
    overshoot: overshootOf(has),
    ternary: has('delayed-pass'),
    handleInvalid: has('invalid-close-timeout'),
    challengeRst: has('challenge-ack-fix'),
    wscaleDir: has('scale-from-reply'),
    rstDir: has('rst-direction'),
    rstUnack: has('rst-unack'),
    repeatCountsInvalid: !has('repeat-not-invalid'),
    log: logOf(has),
    events: { destroyState: has('destroy-state') },
    nat: { evictClosing: has('evict-closing-reply'), dstPortFromStart: has('dst-port-from-start') },
    socket: socketOf(has),
  };
}

/** reinit-syn-only replaced the code that reinit-synack had added to. */
function reinitOf(has: Has): Reinit {
  if (has('reinit-syn-only')) return 'synOnly';
  return has('reinit-synack') ? 'legacy+synack' : 'legacy';
}

function overshootOf(has: Has): Overshoot {
  if (!has('overshoot-allowance')) return 'none';
  return has('delayed-pass') ? 'ignore' : 'invalid+td_end';
}

function logOf(has: Has): LogBehaviour {
  return {
    ignoredDirection: has('log-ignored-direction'),
    invalidDirection: has('log-invalid-direction'),
    windowBounds: has('delayed-pass'),
    loweredTimeout: loweredTimeoutOf(has),
    invalidNew: has('log-invalid-new'),
    devices: has('log-devices'),
    shortPacket: !has('silent-short-packet'),
  };
}

function loweredTimeoutOf(has: Has): LoweredTimeoutText {
  if (!has('invalid-close-timeout')) return null;
  return has('log-lowered-timeout') ? 'unack' : 'response';
}

function socketOf(has: Has): SocketBehaviour {
  return {
    earlySynResend: has('early-syn-resend'),
    linearSynTimeouts: has('linear-syn-timeouts'),
    challengeLimit: has('challenge-limit-off') ? 'namespace' : 'host',
    pawsChallengesSyn: has('paws-challenges-syn'),
    portStart: has('perturbed-ports') ? 'table' : 'counter',
    portRangeStepOne: has('port-range-step-one'),
  };
}
