import type { Basis, Confidence } from './conversation.ts';
import type { FlowTable } from './flow-table.ts';
import { IS_LINKED, IS_WATCHED } from './flow-words.ts';

/** A translation: the flow before it and the flow after it. */
export interface Link {
  readonly before: number;
  readonly after: number;
  readonly basis: Basis;
  readonly confidence: Confidence;
  readonly why: string;
}

/** So many translations of one flow are looked at, so that many cannot make it slow. */
const MOST = 16;
const NONE: readonly Link[] = [];

/** The translations that are known, by the flows that they join. */
export class Links {
  /** How many there are. */
  count = 0;
  readonly #flows: FlowTable;
  /** By the flow before: by the flow after. */
  readonly #known = new Map<number, Map<number, Link>>();
  /** The newest of each flow. */
  readonly #newest = new Map<number, Link[]>();

  constructor(flows: FlowTable) {
    this.#flows = flows;
  }

  /** Gives the translations that a flow takes part in, the newest sixteen. */
  of(flow: number): readonly Link[] {
    return this.#newest.get(flow) ?? NONE;
  }

  /** Gives the flows that may be before translation what this one is after it, the newest sixteen. */
  before(flow: number): number[] {
    return this.of(flow).flatMap(({ before, after }) => (after === flow ? [before] : []));
  }

  /** Gives the translation between two flows. */
  between(before: number, after: number): Link | undefined {
    return this.#known.get(before)?.get(after);
  }

  /** Adds a translation, unless it is known. */
  add(link: Link): void {
    const { before, after } = link;
    if (before === after || this.between(before, after) !== undefined) return;
    const known = this.#known.get(before) ?? new Map<number, Link>();
    this.#known.set(before, known.set(after, link));
    this.count++;
    for (const flow of [before, after]) {
      this.#flows.mark(flow, IS_LINKED, IS_WATCHED);
      const newest = this.#newest.get(flow) ?? [];
      this.#newest.set(flow, newest);
      newest.push(link);
      if (newest.length > MOST) newest.shift();
    }
  }
}
