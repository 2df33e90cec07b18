import type { Lineage } from '@tuplescope/packet-explainer';
import { lineageNotice } from './packet-notice.ts';

/** Lineages worth a look, and how many there are beside them. */
export interface ChosenLineages {
  readonly chosen: readonly Lineage[];
  /** How many were passed over. */
  readonly others: number;
}

/**
 * Chooses the lineages that matter: where something contradicts the kernel or collides, those alone;
 * else the first that holds something odd, or the first. Holds no more of them than it gives back.
 */
export function chooseLineages(lineages: Iterable<Lineage>, most: number): ChosenLineages {
  const kept: { lineage: Lineage; weight: number }[] = [];
  let seen = 0;
  for (const lineage of lineages) {
    seen++;
    const weight = weigh(lineage);
    const last = kept[most - 1];
    if (last !== undefined && last.weight >= weight) continue;
    const place = kept.findIndex((one) => one.weight < weight);
    kept.splice(place < 0 ? kept.length : place, 0, { lineage, weight });
    kept.length = Math.min(kept.length, most);
  }
  const mattering = kept.filter(({ weight }) => weight >= 2);
  const chosen = (mattering.length > 0 ? mattering : kept.slice(0, 1)).map(
    ({ lineage }) => lineage,
  );
  return { chosen, others: seen - chosen.length };
}

/** 3: contradicts the kernel; 2: collides; 1: holds something odd. */
function weigh(lineage: Lineage): 0 | 1 | 2 | 3 {
  const { contradictions, collisions, odd } = lineageNotice(lineage);
  if (contradictions > 0) return 3;
  if (collisions > 0) return 2;
  return odd > 0 ? 1 : 0;
}
