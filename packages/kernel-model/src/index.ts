export { explainAffected, isAffected } from './affected.ts';
export type { Basis, Claim } from './basis.ts';
export type {
  Behaviour,
  LogBehaviour,
  LoweredTimeoutText,
  NatBehaviour,
  Overshoot,
  Reinit,
  SocketBehaviour,
} from './behaviour.ts';
export { behaviourOf } from './behaviour-of.ts';
export type { Backport, Commit, CommitName, CommitSide } from './commit.ts';
export { ALL_COMMITS, commitFor } from './commits.ts';
export type { Family, Profile } from './profile.ts';
export { profileFor } from './profile-for.ts';
export type { Confidence, Probe, ProfileMatch } from './profile-match.ts';
export { ALL_PROFILES } from './profiles.ts';
export { defaultSysctls, type Sysctls } from './sysctls.ts';
