import { behaviourOf } from '../behaviour-of.ts';
import { findProfile } from '../find-profile.ts';
import type { Sysctls } from '../sysctls.ts';
import { createChallengeBudget } from '../tcp/challenge-budget.ts';
import type { SocketHost, SocketSegment } from '../tcp/reaction.ts';

/** A host of one kernel at a time. */
export function hostOf(profile: string, at = 0, sysctls: Partial<Sysctls> = {}): SocketHost {
  const found = findProfile(profile);
  return {
    behaviour: behaviourOf(found).socket,
    sysctls: { ...found.sysctls, ...sysctls },
    at,
    budget: createChallengeBudget(),
  };
}

/** A segment from 10.0.0.1:1024 to 10.0.0.2:80. */
export function segmentOf(
  flags: string,
  seq: number,
  ack?: number,
  rest: Partial<SocketSegment> = {},
): SocketSegment {
  const tuple = { src: '10.0.0.1', sport: 1024, dst: '10.0.0.2', dport: 80 };
  return { ...tuple, flags, seq, ...(ack === undefined ? {} : { ack }), win: 500, len: 0, ...rest };
}
