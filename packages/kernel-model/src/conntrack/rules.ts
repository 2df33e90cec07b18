/**
 * The stable name of a rule that decided a verdict. Reports and tests may rely on it.
 */
export type Rule =
  | 'untracked'
  | 'short-packet'
  | 'truncated-packet'
  | 'bad-checksum'
  | 'invalid-flags'
  | 'cannot-begin'
  | 'not-loose'
  | 'new-connection'
  | 'picked-up'
  | 'reopened'
  | 'no-transition'
  | 'ignored'
  | 'challenge-ack-ignored'
  | 'answers-ignored-syn'
  | 'simultaneous-open'
  | 'rst-while-closing'
  | 'rst-below-maxack'
  | 'rst-inexact'
  | 'rst-answers-ignored'
  | 'rst-answers-challenge-ack'
  | 'rst-unreplied'
  | 'in-window'
  | 'be-liberal'
  | 'seq-over-upper-bound'
  | 'ack-over-upper-bound'
  | 'seq-under-lower-bound'
  | 'ack-under-lower-bound'
  | 'overshoot'
  | 'syn-not-renewed'
  | 'insert-failed';

/** The rules that decide, each with the names of the numbers that it compares. */
export const RULES: Readonly<Record<Rule, readonly string[]>> = {
  untracked: [],
  'short-packet': [],
  'truncated-packet': [],
  'bad-checksum': [],
  'invalid-flags': ['flags'],
  'cannot-begin': ['index'],
  'not-loose': [],
  'new-connection': [],
  'picked-up': [],
  reopened: [],
  'no-transition': ['index', 'state'],
  ignored: ['index', 'state'],
  'challenge-ack-ignored': ['ack', 'end'],
  'answers-ignored-syn': ['ack', 'lastEnd'],
  'simultaneous-open': [],
  'rst-while-closing': ['state'],
  'rst-below-maxack': ['seq', 'maxack'],
  'rst-inexact': ['seq', 'maxack'],
  'rst-answers-ignored': ['ack', 'lastEnd'],
  'rst-answers-challenge-ack': ['seq', 'lastAck'],
  'rst-unreplied': [],
  'in-window': ['seq', 'upperBound'],
  'be-liberal': ['compared', 'bound'],
  'seq-over-upper-bound': ['seq', 'upperBound'],
  'ack-over-upper-bound': ['ack', 'upperBound'],
  'seq-under-lower-bound': ['end', 'lowerBound'],
  'ack-under-lower-bound': ['ack', 'lowerBound'],
  overshoot: ['overshoot', 'maxwin'],
  'syn-not-renewed': [],
  'insert-failed': [],
};
