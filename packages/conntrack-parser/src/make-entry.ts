import { type SourceOrigin, type SourceSpan, spanAt } from '@tuplescope/scan';
import type { ConntrackDirection, ConntrackEntry, ConntrackOffload } from './conntrack-entry.ts';
import type { ConntrackTable } from './conntrack-table.ts';
import type { EntryColumns } from './entry-columns.ts';
import {
  ASSURED,
  EVENT_MASK,
  EVENT_SHIFT,
  EVENTS,
  HAS_PORTS,
  HW_OFFLOAD,
  OFFLOAD,
  TEXT_ADDRESS,
  UNREPLIED,
} from './entry-flags.ts';
import { DIRECTED, type Field } from './fields.ts';
import { GRE, isIcmp } from './protocols.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The fields of a record that hold a number of the same name, and are absent without it. */
const NUMBERS = ['at', 'secmark', 'deltaTime', 'start', 'stop', 'portid'] as const;

/** The fields of a record that hold a text of the same name, and are absent without it. */
const TEXTS = ['secctx', 'helper', 'progname'] as const;

/** Makes the record of a row that exists. */
export function makeEntry(
  table: ConntrackTable,
  columns: EntryColumns,
  row: number,
  origin: SourceOrigin,
): ConntrackEntry {
  const flags = columns.entries.arrays.flags[row] as number;
  const protonum = columns.entries.arrays.protocol[row] as number;
  const entry: Mutable<ConntrackEntry> = {
    event: EVENTS[(flags & EVENT_MASK) >> EVENT_SHIFT] ?? null,
    l3: (flags & TEXT_ADDRESS) === 0 ? 'ipv4' : 'ipv6',
    proto: table.protoAt(row),
    protonum,
    timeout: table.timeoutAt(row),
    state: table.stateAt(row),
    orig: makeDirection(table, columns, row, 0),
    reply: makeDirection(table, columns, row, 1),
    unreplied: (flags & UNREPLIED) !== 0,
    assured: (flags & ASSURED) !== 0,
    offload: offloadOf(flags),
    mark: columns.get('mark', row),
    zone: columns.get('zone', row),
    use: columns.get('use', row),
    id: columns.get('id', row),
    source: sourceOf(columns, row, origin),
  };
  if (isIcmp(protonum)) Object.assign(entry, tupleFields(columns, row, 0, protonum));
  for (const name of NUMBERS) {
    const value = columns.get(name, row);
    if (value !== null) entry[name] = value;
  }
  for (const name of TEXTS) {
    const value = textOf(columns, name, row);
    if (value !== null) entry[name] = value;
  }
  const labels = textOf(columns, 'labels', row);
  if (labels !== null) entry.labels = labels === '' ? [] : labels.split(',');
  return entry;
}

function textOf(columns: EntryColumns, field: Field, row: number): string | null {
  const id = columns.get(field, row);
  return id === null ? null : columns.pool.text(id);
}

function offloadOf(flags: number): ConntrackOffload | null {
  if (flags & HW_OFFLOAD) return 'HW_OFFLOAD';
  return flags & OFFLOAD ? 'OFFLOAD' : null;
}

function makeDirection(
  table: ConntrackTable,
  columns: EntryColumns,
  row: number,
  direction: 0 | 1,
): ConntrackDirection {
  const [src, dst] =
    direction === 0 ? (['origSrc', 'origDst'] as const) : (['replySrc', 'replyDst'] as const);
  const { packets, bytes, zone } = DIRECTED[direction];
  const protocol = columns.entries.arrays.protocol[row] as number;
  const tuple: ConntrackDirection = {
    src: table.addressAt(row, src),
    dst: table.addressAt(row, dst),
    sport: table.portAt(row, src),
    dport: table.portAt(row, dst),
    packets: columns.get(packets, row),
    bytes: columns.get(bytes, row),
    zone: columns.get(zone, row),
  };
  if (!isIcmp(protocol) && protocol !== GRE) return tuple;
  return { ...tuple, ...tupleFields(columns, row, direction, protocol) };
}

/** What stands in the cells of the ports where the protocol has none. */
function tupleFields(
  columns: EntryColumns,
  row: number,
  direction: 0 | 1,
  protocol: number,
): Pick<ConntrackDirection, 'type' | 'code' | 'icmpId' | 'srckey' | 'dstkey'> {
  const flags = columns.entries.arrays.flags[row] as number;
  if ((flags & (HAS_PORTS << direction)) === 0) return {};
  const sport = columns.tuples.arrays.sport[row * 2 + direction] as number;
  const dport = columns.tuples.arrays.dport[row * 2 + direction] as number;
  if (isIcmp(protocol)) return { type: dport >> 8, code: dport & 0xff, icmpId: sport };
  return protocol === GRE ? { srckey: sport, dstkey: dport } : {};
}

function sourceOf(columns: EntryColumns, row: number, origin: SourceOrigin): SourceSpan {
  const { start, length } = columns.entries.arrays;
  const from = start[row] as number;
  const end = from + (columns.get('longLength', row) ?? (length[row] as number));
  return spanAt(origin, columns.lines.get(row), from, end);
}
