import { decodeText, readHex, skipSpace, startsWithAt, toBytes } from '@tuplescope/scan';
import { completeEntry } from './complete-entry.ts';
import {
  ASSURED,
  EVENT_SHIFT,
  EVENTS,
  HAS_TIMEOUT,
  HW_OFFLOAD,
  OFFLOAD,
  UNNAMED,
  UNREPLIED,
} from './entry-flags.ts';
import { DIRECTED, type Field } from './fields.ts';
import { localSeconds } from './local-time.ts';
import { protocolName } from './protocols.ts';
import { readAddressValue, readCounter, readLimited } from './read-value.ts';
import { stateNumber } from './states.ts';
import type { EntryReading } from './text-entry.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
/** Longer than any element of a flow with its attributes. */
const LONGEST_TAG = 100;

/** Where in a `<flow>` the reader is, and what it gathers there. */
interface FlowReading extends EntryReading {
  /** 0 original, 1 reply, null in `<meta direction="independent">` and outside of one. */
  direction: 0 | 1 | null;
  /** The parts of `<when>`, the local time of an event. */
  readonly when: Map<string, number>;
  readonly labels: string[];
}

/**
 * Reads one `<flow>…</flow>` of `conntrack -o xml`, on one line or over many. Gives whether it was
 * one; the draft then holds it, else the draft's refusal says why not.
 */
export function readXmlEntry(
  bytes: Uint8Array,
  start: number,
  end: number,
  reading: EntryReading,
): boolean {
  const { draft, pool, utcOffsetHours } = reading;
  draft.clear();
  const flow: FlowReading = { ...reading, direction: null, when: new Map(), labels: [] };
  let at = skipSpace(bytes, start, end);
  while (at < end) {
    const close = bytes.indexOf(GREATER, at);
    if (bytes[at] !== LESS || close < 0 || close >= end || close - at > LONGEST_TAG) {
      draft.refuse(at, end, 'an XML element');
      return false;
    }
    const next = bytes.indexOf(LESS, close);
    const valueEnd = next < 0 || next > end ? end : next;
    const valueAt = skipSpace(bytes, close + 1, valueEnd);
    if (!readElement(bytes, valueAt, valueEnd, decodeText(bytes, at + 1, close), flow)) {
      draft.refusal ??= { start: at, end: valueEnd, expected: 'an element of a <flow>' };
      return false;
    }
    at = valueEnd;
  }
  if (flow.labels.length > 0) {
    const labels = toBytes(flow.labels.join(','));
    draft.set('labels', pool.intern(labels, 0, labels.length));
  }
  if (flow.when.size > 0) draft.set('at', whenSeconds(flow.when, utcOffsetHours));
  const missing = completeEntry(draft, false);
  if (missing !== null) draft.refuse(end, end, `the element for ${missing}`);
  return missing === null;
}

/** Elements around others, and closing tags: they carry nothing. */
const FRAMES = ['counters', 'labels', 'timestamp', 'when'];

const WHEN_PARTS = ['hour', 'min', 'sec', 'wday', 'day', 'month', 'year'];

const NUMBERS: ReadonlyMap<string, Field> = new Map([
  ['mark', 'mark'],
  ['secmark', 'secmark'],
  ['use', 'use'],
  ['id', 'id'],
]);

function readElement(
  bytes: Uint8Array,
  start: number,
  end: number,
  tag: string,
  flow: FlowReading,
): boolean {
  const { draft, pool, direction } = flow;
  if (tag.startsWith('/') || FRAMES.includes(tag)) return true;
  const [name = ''] = tag.split(' ', 1);
  const attributes = tag.slice(name.length);
  const number = NUMBERS.get(name);
  if (number !== undefined) {
    const value = readLimited(bytes, start, end, draft);
    draft.set(number, value);
    return value >= 0;
  }
  if (WHEN_PARTS.includes(name)) {
    const value = readLimited(bytes, start, end, draft, 9999);
    flow.when.set(name, value);
    return value >= 0;
  }
  switch (name) {
    case 'flow':
    case 'meta':
    case 'layer3':
    case 'layer4':
      return readFrame(name, attributes, flow);
    case 'assured/':
      draft.flags |= ASSURED;
      return true;
    case 'unreplied/':
      draft.flags |= UNREPLIED;
      return true;
    case 'offload/':
      draft.flags |= OFFLOAD;
      return true;
    case 'hw_offload/':
      draft.flags |= HW_OFFLOAD;
      return true;
    case 'state':
      draft.state = end - start > 20 ? 0 : stateNumber(decodeText(bytes, start, end));
      return draft.state > 0;
    case 'timeout':
      draft.timeout = readLimited(bytes, start, end, draft);
      draft.flags |= HAS_TIMEOUT;
      return draft.timeout >= 0;
    case 'deltatime':
      return readCounter(bytes, start, end, draft, 'deltaTime');
    case 'start':
    case 'stop':
      return readNanoseconds(bytes, start, end, name, flow);
    case 'secctx':
    case 'helper':
      draft.set(name, pool.intern(bytes, start, end));
      return true;
    case 'label':
      flow.labels.push(decodeText(bytes, start, end));
      return true;
    case 'zone': {
      const value = readLimited(bytes, start, end, draft, 0xffff);
      draft.set(direction === null ? 'zone' : DIRECTED[direction].zone, value);
      return value >= 0;
    }
    default:
      return direction !== null && readTupleElement(bytes, start, end, name, direction, flow);
  }
}

function readTupleElement(
  bytes: Uint8Array,
  start: number,
  end: number,
  name: string,
  direction: 0 | 1,
  { draft, pool }: FlowReading,
): boolean {
  const tuple = draft.tuples[direction];
  switch (name) {
    case 'src':
    case 'dst':
      return readAddressValue(bytes, start, end, draft, direction, name, pool);
    case 'sport':
    case 'dport':
      tuple[name] = readLimited(bytes, start, end, draft, 0xffff);
      return tuple[name] >= 0;
    case 'srckey':
    case 'dstkey': {
      const key = startsWithAt(bytes, start, end, '0x') ? readHex(bytes, start + 2, end) : -1;
      tuple[name === 'srckey' ? 'sport' : 'dport'] = key;
      return key >= 0 && key <= 0xffff;
    }
    case 'packets':
    case 'bytes':
      return readCounter(bytes, start, end, draft, DIRECTED[direction][name]);
    default:
      return false;
  }
}

/** An element that says by its attributes what the elements in it are about. */
function readFrame(name: string, attributes: string, flow: FlowReading): boolean {
  const { draft } = flow;
  const value = (attribute: string): string =>
    new RegExp(` ${attribute}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  switch (name) {
    case 'flow': {
      const event = value('type') === '' ? 0 : EVENTS.indexOf(value('type').toUpperCase() as 'NEW');
      draft.flags |= Math.max(event, 0) << EVENT_SHIFT;
      return event >= 0;
    }
    case 'meta': {
      const direction = ['original', 'reply', 'independent'].indexOf(value('direction'));
      flow.direction = direction === 0 || direction === 1 ? direction : null;
      return direction >= 0;
    }
    case 'layer4': {
      const protocol = Number(value('protonum') || Number.NaN);
      const isNew = draft.protocol < 0;
      if (!(protocol >= 0 && protocol <= 255) || !(isNew || protocol === draft.protocol)) {
        return false;
      }
      draft.protocol = protocol;
      if (value('protoname') !== protocolName(protocol)) draft.flags |= UNNAMED;
      return true;
    }
    default:
      return true;
  }
}

/** Nanoseconds since the epoch have 19 digits: the last nine are read apart. */
function readNanoseconds(
  bytes: Uint8Array,
  start: number,
  end: number,
  field: 'start' | 'stop',
  { draft }: FlowReading,
): boolean {
  const text = end - start <= 20 ? decodeText(bytes, start, end) : '';
  if (!/^\d+$/.test(text)) return false;
  const padded = text.padStart(10, '0');
  draft.set(field, Number(`${padded.slice(0, -9)}.${padded.slice(-9)}`));
  return true;
}

function whenSeconds(when: ReadonlyMap<string, number>, utcOffsetHours: number): number {
  const part = (name: string): number => when.get(name) ?? Number.NaN;
  return localSeconds(
    [part('year'), part('month'), part('day')],
    [part('hour'), part('min'), part('sec')],
    utcOffsetHours,
  );
}
