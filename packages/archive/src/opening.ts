import type { Meter } from './meter.ts';
import type { Notes } from './notes.ts';

/** An archive while it is opened: its name, what is counted and what is said of it. */
export interface Opening {
  /** The archive's own name, the beginning of its members'. */
  readonly path: string;
  readonly meter: Meter;
  readonly notes: Notes;
}
