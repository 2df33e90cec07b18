import {
  type CaptureOf,
  capturesOf,
  type Incident,
  type Place,
  placeOf,
  type Snapshot,
  wouldShow,
} from '@tuplescope/incident';
import { type CounterCourse, conntrackCourse } from '../counter-course.ts';
import { entryListings } from '../entries.ts';

/** How many entries there are, and which record says so. */
export interface EntryCount {
  readonly value: number;
  readonly place: Place;
  /** The rows of a listing: those of one protocol family may not be all. */
  readonly isListing: boolean;
}

/** What the kernel's log says of a full table. */
export interface FullLines {
  readonly count: number;
  /** The first few. */
  readonly places: readonly Place[];
  /** Seconds since the epoch of the last, by the packets' clock where it is known; null: no date. */
  readonly last: number | null;
}

/** How full a conntrack table is, and whether it ever was full. */
export interface TableUse {
  /** Entries by the last record that counts them, or null. */
  readonly entries: EntryCount | null;
  /** nf_conntrack_max, or null where no capture has it, or where there is none. */
  readonly limit: number | null;
  /** Packets dropped because no entry could be made for them, from any cause. */
  readonly drops: CounterCourse | null;
  /** Entries that were evicted because the table was full. */
  readonly evictions: CounterCourse | null;
  readonly lines: FullLines;
}

/** What this sysctl was called over the years. */
const LIMITS = [
  'net.netfilter.nf_conntrack_max',
  'net.nf_conntrack_max',
  'net.ipv4.netfilter.ip_conntrack_max',
];

/** Puts together what counts, limits and messages tell of the conntrack table. */
export function tableUse(incident: Incident): TableUse {
  const limit = Number(LIMITS.map((key) => incident.sysctl(key)).find((value) => value !== null));
  return {
    entries: lastCount(incident),
    limit: Number.isInteger(limit) && limit > 0 ? limit : null,
    drops: conntrackCourse(incident, ['drop']),
    evictions: conntrackCourse(incident, ['early_drop']),
    lines: fullLines(incident),
  };
}

/** Says whether there are at least this share of the entries that there may be. */
export function isFilledTo(
  { entries, limit }: Pick<TableUse, 'entries' | 'limit'>,
  share: number,
): boolean {
  return entries !== null && limit !== null && entries.value >= share * limit;
}

function lastCount(incident: Incident): EntryCount | null {
  for (const snapshot of incident.snapshots.toReversed()) {
    const count = counted(snapshot) ?? listed(snapshot);
    if (count !== null) return count;
  }
  return countOfSysctl(incident);
}

/** `conntrack -C`, or the column `entries` of /proc/net/stat/nf_conntrack. */
function counted({ captures }: Snapshot): EntryCount | null {
  for (const capture of capturesOf(captures, 'conntrack-statistics')) {
    for (const row of capture.content.table) {
      const value = 'count' in row ? row.count : row.counters.entries;
      if (value === undefined) continue;
      return { value, place: placeOf(capture, row.source), isListing: false };
    }
  }
  return null;
}

function listed({ captures }: Snapshot): EntryCount | null {
  const whole = entryListings(captures).filter(({ command }) => wouldShow(command, []));
  const [longest] = whole.sort((a, b) => b.records - a.records);
  if (longest === undefined) return null;
  const place = placeOf(longest, { line: 1, start: 0, end: longest.bytes.length });
  return { value: longest.records, place, isListing: true };
}

function countOfSysctl({ captures }: Incident): EntryCount | null {
  for (const capture of capturesOf(captures, 'sysctl').toReversed()) {
    for (const { key, value, source } of capture.content.table) {
      if (!/\.(?:nf|ip)_conntrack_count$/.test(key) || !/^\d+$/.test(value)) continue;
      return { value: Number(value), place: placeOf(capture, source), isListing: false };
    }
  }
  return null;
}

/** So many lines are enough to point at. */
const ENOUGH = 3;

function fullLines(incident: Incident): FullLines {
  let count = 0;
  let last: number | null = null;
  const places: Place[] = [];
  for (const capture of capturesOf(incident.captures, 'log')) {
    const shift = clockOf(incident, capture);
    for (const { reason, at, source } of capture.content.table) {
      if (reason === null || !/^table full\b/.test(reason)) continue;
      count++;
      if (at !== null) last = Math.max(last ?? 0, at + shift);
      if (places.length < ENOUGH) places.push(placeOf(capture, source));
    }
  }
  return { count, places, last };
}

function clockOf({ clocks }: Incident, { path, origin }: CaptureOf<'log'>): number {
  const clock = clocks.find(({ file, line }) => file === path && line === origin.line);
  return clock?.offsetSeconds ?? 0;
}
