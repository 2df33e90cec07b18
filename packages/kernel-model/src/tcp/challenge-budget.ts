import { createRandom } from '../nat/random.ts';

/**
 * What is left of the challenge ACKs of one second (tcp_challenge_ack_limit, RFC 5961 section 10): of
 * the whole host up to 5.19, of the network namespace from 6.0 on, where it is off by default.
 */
export interface ChallengeBudget {
  /** The second that `left` counts for; null: none was counted yet. */
  readonly second: number | null;
  readonly left: number;
  /** What the next second's budget is drawn from. */
  readonly seed: number;
}

/** Makes a budget of which nothing is used; the same seed draws the same. */
export function createChallengeBudget(seed = 1): ChallengeBudget {
  return { second: null, left: 0, seed };
}

/** This limit is none. */
const UNLIMITED = 2_147_483_647;

/**
 * Takes one challenge ACK out of the budget. Each second begins with half the limit plus a random
 * number below the limit: 500 to 1499 for 1000, so that nobody can count other people's connections.
 *
 * @returns the budget afterwards, and whether the ACK may be sent.
 */
export function spendChallenge(
  budget: ChallengeBudget,
  limit: number,
  at: number,
): { readonly budget: ChallengeBudget; readonly allowed: boolean } {
  if (limit === UNLIMITED) return { budget, allowed: true };
  const second = Math.floor(at);
  let { left, seed } = budget;
  if (second !== budget.second) {
    seed = createRandom(seed)();
    left = Math.ceil(limit / 2) + (limit > 0 ? seed % limit : 0);
  }
  const allowed = left > 0;
  return { budget: { second, left: allowed ? left - 1 : left, seed }, allowed };
}
