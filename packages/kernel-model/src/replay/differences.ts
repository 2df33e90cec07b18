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
  return compareFields({ ...recorded }, modelled, '');
}

function compareFields(
  recorded: Readonly<Record<string, unknown>>,
  modelled: Readonly<Record<string, unknown>>,
  path: string,
): Difference[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(modelled)]);
  return [...names].flatMap((name) => {
    const isOutcome = path !== '' && COMPARED_IN_ENTRIES.has(name);
    if (NOT_COMPARED.has(name) && !isOutcome) return [];
    return compareValue(recorded[name], modelled[name], path + name, PRESENCE.has(name));
  });
}

function compareValue(
  recorded: unknown,
  modelled: unknown,
  field: string,
  presence: boolean,
): Difference[] {
  if (isRecord(recorded) && isRecord(modelled)) {
    return compareFields(recorded, modelled, `${field}.`);
  }
  const same = presence
    ? (recorded === undefined) === (modelled === undefined)
    : comparable(recorded) === comparable(modelled);
  return same ? [] : [{ field, recorded, modelled }];
}

/** An absent entry is recorded as null or not at all; lists are compared by their contents. */
function comparable(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
