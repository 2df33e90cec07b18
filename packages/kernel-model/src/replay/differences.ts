import type { RecordedStep } from './recorded-sequence.ts';

/** A field that differs. */
export interface Difference {
  /** `ctstate`, or for one of an entry's `entry.timeout`. */
  readonly field: string;
  readonly recorded: unknown;
  readonly modelled: unknown;
}

/** What the model says of a step, in the fields of a recording. */
export type ModelledStep = Readonly<Record<string, unknown>>;

/** What was put in, and what nobody compares. */
const NOT_COMPARED = new Set([
  ...['op', 'dir', 'flags', 'seq', 'ack', 'win', 'len', 'opthex', 'sec'],
  ...['raw', 'opt', 'note'],
]);

/** Fields of an entry that say what the kernel did, though a packet's field has the same name. */
const COMPARED_IN_ENTRIES = new Set(['flags']);

/** Chosen at random by the kernel: it counts whether there is one. */
const PRESENCE = new Set(['outsport', 'natport']);

/** Lists what differs between a recorded step and the model's, in the order of the fields. */
export function differences(recorded: RecordedStep, modelled: ModelledStep): Difference[] {
  const found: Difference[] = [];
  compareFields(recorded as unknown as ModelledStep, modelled, '', found);
  return found;
}

function compareFields(
  recorded: ModelledStep,
  modelled: ModelledStep,
  path: string,
  found: Difference[],
): void {
  for (const name in recorded) compareField(name, recorded, modelled, path, found);
  for (const name in modelled) {
    if (!(name in recorded)) compareField(name, recorded, modelled, path, found);
  }
}

function compareField(
  name: string,
  { [name]: recorded }: ModelledStep,
  { [name]: modelled }: ModelledStep,
  path: string,
  found: Difference[],
): void {
  if (NOT_COMPARED.has(name) && !(path !== '' && COMPARED_IN_ENTRIES.has(name))) return;
  if (isRecord(recorded) && isRecord(modelled)) {
    compareFields(recorded, modelled, `${path}${name}.`, found);
    return;
  }
  const same = PRESENCE.has(name)
    ? (recorded === undefined) === (modelled === undefined)
    : isSame(recorded ?? null, modelled ?? null);
  if (!same) found.push({ field: path + name, recorded, modelled });
}

/** An absent entry is recorded as null or not at all; lists are compared by their contents. */
function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function isRecord(value: unknown): value is ModelledStep {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
