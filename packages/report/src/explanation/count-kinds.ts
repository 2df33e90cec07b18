import type { Explanation } from '@tuplescope/packet-explainer';
import { KIND_TITLES } from './packet-words.ts';

/**
 * Counts packets by what they are, the most frequent first.
 *
 * @example
 * countKinds(explanations) // '4× FIN again, Data'
 */
export function countKinds(explanations: readonly Explanation[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of explanations) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, n]) => `${n === 1 ? '' : `${n}× `}${KIND_TITLES[kind as Explanation['kind']]}`)
    .join(', ');
}
