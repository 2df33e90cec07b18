import type { Rule } from './rule.ts';

/** Where a translation says what it leaves out, and what it takes for something else. */
export interface Notes {
  /** A rule that is left out. */
  skip(rule: Rule, why: string): void;
  /** A sentence about all rules alike. */
  assume(sentence: string): void;
}
