import { type ReasonPattern, reasonPatterns } from './reason-patterns.ts';
import type { ClassifiedReason } from './reason-rule.ts';

/**
 * Takes the text of conntrack or TCP apart: which rule spoke, the values it printed, and the kernel
 * versions that have this wording. Gives null for a text that no known kernel prints.
 *
 * @example
 * classifyReason('SEQ is over upper bound 66001916 (over the window of the receiver)')
 * // { rule: 'seq-over-upper-bound', values: { bound: 66001916 }, versions: { from: '6.1', until: null } }
 */
export function classifyReason(reason: string): ClassifiedReason | null {
  const text = reason.trim();
  for (const pattern of reasonPatterns) {
    const match = pattern.text.exec(text);
    if (match !== null) return classified(pattern, match);
  }
  return null;
}

function classified(pattern: ReasonPattern, match: RegExpExecArray): ClassifiedReason {
  const { rule, from = null, until = null } = pattern;
  const values: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(match.groups ?? {})) {
    if (value !== undefined) values[name] = /^\d+$/.test(value) ? Number(value) : value;
  }
  return { rule, values, versions: { from, until } };
}
