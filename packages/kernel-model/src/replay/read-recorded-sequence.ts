import type { RecordedSequence } from './recorded-sequence.ts';

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const isString = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEntry = (value: unknown): boolean =>
  value === null || value === undefined || isObject(value);

const SEQUENCE: Shape = {
  kernel: isString,
  seed: isNumber,
  nat: isBoolean,
  client: isEndpoint,
  dst: isEndpoint,
  server: isEndpoint,
  sysctls: isObject,
  packets: Array.isArray,
};

const STEPS: Readonly<Record<string, Shape>> = {
  pkt: {
    dir: (value) => value === 'o' || value === 'r',
    flags: isString,
    seq: isNumber,
    ack: isNumber,
    win: isNumber,
    len: isNumber,
    opthex: (value) => isString(value) && /^([0-9a-f]{2})*$/i.test(value as string),
    forwarded: isBoolean,
    entry: isEntry,
    ev: Array.isArray,
    log: Array.isArray,
  },
  advance: { sec: isNumber, expired: isBoolean, entry: isEntry },
  delete: { had: isBoolean, entry: isEntry },
};

/**
 * Takes the JSON value of a recording's line for a sequence, or says in a sentence what it lacks.
 *
 * @example
 * readRecordedSequence({}) // 'kernel is missing or of another type'
 */
export function readRecordedSequence(value: unknown): RecordedSequence | string {
  const fault = faultOf(value, SEQUENCE, '');
  if (fault !== null) return fault;
  const sequence = value as RecordedSequence;
  for (const [i, step] of sequence.packets.entries()) {
    const shape = isObject(step) ? STEPS[String(step.op)] : undefined;
    if (shape === undefined) return `packets[${i}].op is none of pkt, advance, delete`;
    const stepFault = faultOf(step, shape, `packets[${i}].`);
    if (stepFault !== null) return stepFault;
  }
  return sequence;
}

function faultOf(value: unknown, shape: Shape, path: string): string | null {
  if (!isObject(value)) return `${path || 'the line'} is no object`;
  const field = Object.entries(shape).find(([name, fits]) => !fits(value[name]))?.[0];
  return field === undefined ? null : `${path}${field} is missing or of another type`;
}

function isEndpoint(value: unknown): boolean {
  return typeof value === 'string' && /^.+:\d{1,5}$/.test(value);
}
