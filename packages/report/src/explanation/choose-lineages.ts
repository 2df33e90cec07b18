import type { Lineage } from '@tuplescope/packet-explainer';
import { type LineageNotice, lineageNotice } from './packet-notice.ts';

/** A lineage that was chosen, with what there is to see of it. */
export interface ChosenLineage {
  readonly lineage: Lineage;
  readonly notice: LineageNotice;
}

/** Lineages worth a look, and how many there are in all. */
export interface ChosenLineages {
  /** Those that contradict the kernel first, then collisions, then what holds something odd. */
  readonly chosen: readonly ChosenLineage[];
  readonly total: number;
}

/** Chooses the lineages most worth a look; holds no more of them at a time. */
export function chooseLineages(lineages: Iterable<Lineage>, most: number): ChosenLineages {
  const chosen: ChosenLineage[] = [];
  let total = 0;
  for (const lineage of lineages) {
    total++;
    const notice = lineageNotice(lineage);
    const weight = weigh(notice);
    const place = chosen.findIndex((one) => weigh(one.notice) < weight);
    if (place < 0 && chosen.length >= most) continue;
    chosen.splice(place < 0 ? chosen.length : place, 0, { lineage, notice });
    chosen.length = Math.min(chosen.length, most);
  }
  return { chosen, total };
}

/** Leaves those that matter: where something contradicts the kernel or collides, else the first. */
export function matteringOf({ chosen }: ChosenLineages): readonly ChosenLineage[] {
  const mattering = chosen.filter(({ notice }) => weigh(notice) >= 2);
  return mattering.length > 0 ? mattering : chosen.slice(0, 1);
}

/** 3: contradicts the kernel; 2: collides; 1: holds something odd. */
function weigh({ contradictions, collisions, odd }: LineageNotice): 0 | 1 | 2 | 3 {
  if (contradictions > 0) return 3;
  if (collisions > 0) return 2;
  return odd > 0 ? 1 : 0;
}
