import type { CaptureOf, Place } from '@tuplescope/incident';
import type { Fill } from './fill.ts';
import type { PortUse } from './port-use.ts';

/** From this part of the ports on, it is a matter of luck to find a free one soon. */
export const FULL_ENOUGH = 0.8;

/** What is counted of one source address and one destination. */
export interface FillGroup extends Pick<Fill, 'dport' | 'dst' | 'src'> {
  readonly held: Set<number>;
  readonly inTimeWait: Set<number>;
  readonly tracked: Set<number>;
  readonly examples: Place[];
  sockets: CaptureOf<'ss'> | null;
  entries: CaptureOf<'conntrack'> | null;
}

/** Counts the ports in use of one snapshot: what several listings show of one is counted once. */
export class FillTally {
  /** How many ports in use are worth a finding. */
  readonly least: number;
  readonly #about: Pick<Fill, 'chooser' | 'snapshot' | 'usable'>;
  readonly #groups = new Map<string, FillGroup>();

  constructor(chooser: Fill['chooser'], snapshot: number, usable: number) {
    this.#about = { chooser, snapshot, usable };
    this.least = Math.max(1, Math.ceil(usable * FULL_ENOUGH));
  }

  /** Gives what is counted of a source and a destination. */
  of({ src, dst, dport }: PortUse): FillGroup {
    const key = `${src} ${dst} ${dport}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = {
        ...{ src, dst, dport, examples: [], sockets: null, entries: null },
        ...{ held: new Set(), inTimeWait: new Set(), tracked: new Set() },
      };
      this.#groups.set(key, group);
    }
    return group;
  }

  /** Gives those that have used up most of their ports. */
  full(): Fill[] {
    return [...this.#groups.values()]
      .map(({ held, inTimeWait, tracked, ...group }) => ({
        ...group,
        ...this.#about,
        held: held.size,
        inTimeWait: inTimeWait.size,
        tracked: tracked.size,
      }))
      .filter(({ held, tracked }) => Math.max(held, tracked) >= this.least);
  }
}
