import type { CaptureOf } from '@tuplescope/incident';

/** A ruleset as the incident has it. */
export type Ruleset = CaptureOf<'ruleset'>['content']['table'];

/** A rule of iptables or nftables, in the vocabulary that both share. */
export type Rule = ReturnType<Ruleset['at']>;

/** A chain as its own line describes it. */
export type Chain = Ruleset['chains'][number];

/**
 * Gives the values of an option: none, one, or every repetition.
 *
 * @example
 * valuesOf({ dport: '80,443' }, 'dport') // ['80,443']
 */
export function valuesOf(options: Rule['match'], name: string): readonly string[] {
  const value = Object.hasOwn(options, name) ? options[name] : undefined;
  return value === undefined ? [] : [value].flat();
}
