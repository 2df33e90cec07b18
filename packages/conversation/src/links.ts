import type { Basis, Confidence } from './conversation.ts';
import { type FlowTable, IS_LINKED, IS_SHARED, IS_WATCHED } from './flow-table.ts';

/** A translation: the flow before it and the flow after it. */
export interface Link {
  readonly before: number;
  readonly after: number;
  readonly basis: Basis;
  readonly confidence: Confidence;
  readonly why: string;
}

/** The translations that are known, by the flows that they join. */
export class Links {
  readonly all: Link[] = [];
  readonly #flows: FlowTable;
  readonly #byFlow = new Map<number, Link[]>();

  constructor(flows: FlowTable) {
    this.#flows = flows;
  }

  /** Gives the translations that a flow takes part in. */
  of(flow: number): readonly Link[] {
    return this.#byFlow.get(flow) ?? [];
  }

  /** Gives the translation between two flows. */
  between(before: number, after: number): Link | undefined {
    return this.of(before).find((link) => link.after === after);
  }

  /** Adds a translation, unless it is known. */
  add(link: Link): void {
    const { before, after } = link;
    if (before === after || this.between(before, after) !== undefined) return;
    this.all.push(link);
    for (const flow of [before, after]) {
      const links = this.#byFlow.get(flow);
      if (links === undefined) this.#byFlow.set(flow, [link]);
      else links.push(link);
      this.#flows.mark(flow, IS_LINKED, IS_WATCHED);
    }
    // One proxy's socket serves one connection of a client's port at a time, but several in turn.
    const sharing = this.of(after).filter((other) => other.after === after);
    if (sharing.length < 2) return;
    for (const other of sharing) this.#flows.mark(other.before, IS_SHARED | IS_WATCHED);
  }
}
