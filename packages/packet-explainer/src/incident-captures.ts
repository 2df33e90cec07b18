import { type CaptureOf, capturesOf, type Incident } from '@tuplescope/incident';
import type { ExplainedCapture } from './capture-source.ts';

const DAY = 86_400;

/** Zones are whole quarters of an hour apart. */
const QUARTER_HOUR = 900;

/** A text prints microseconds; nanoseconds are cut, not rounded. */
const MICROSECOND = 1e6;

/**
 * Picks the captures of an incident whose packets are explained: capture files, then texts. A text
 * that shows nothing but packets of the files is their print, and left out.
 *
 * @param ports of the files, packets from or to these alone; null: all.
 */
export function incidentCaptures(
  { captures, snapshots }: Incident,
  ports: ReadonlySet<number> | null = null,
): ExplainedCapture[] {
  const files = capturesOf(captures, 'pcap').map(({ path, content }) => ({
    name: path,
    clockOffset: 0,
    segments: content.table,
  }));
  const texts = capturesOf(captures, 'tcpdump').filter((text) => !isPrintOf(text, files));
  const about = firstTime(files) ?? snapshots.find(({ at }) => at !== null)?.at ?? 0;
  return [
    ...files.map((file) =>
      ports === null ? file : { ...file, segments: file.segments.withPorts(ports) },
    ),
    ...texts.map(({ path, content }) => ({
      name: path,
      clockOffset: midnightFor(content.table, about),
      segments: content.table,
    })),
  ].filter(({ segments }) => segments.length > 0);
}

type Text = CaptureOf<'tcpdump'>;

function firstTime(files: readonly ExplainedCapture[]): number | null {
  for (const { segments } of files) if (segments.length > 0) return segments.at(0).at;
  return null;
}

/** The midnight that a time of day counts from: the one that brings it nearest to what is known. */
function midnightFor(table: Text['content']['table'], about: number): number {
  if (table.length === 0) return 0;
  const { at, timeOfDay } = table.at(0);
  if (at !== null || timeOfDay === undefined || about === 0) return 0;
  return Math.round((about - timeOfDay) / DAY) * DAY;
}

function isPrintOf({ content: { table } }: Text, files: readonly ExplainedCapture[]): boolean {
  if (files.length === 0 || table.length === 0) return false;
  const ports = new Uint8Array(65_536);
  const wanted = new Map<string, number>();
  for (const { sport, dport, flags, len, at, timeOfDay } of table) {
    const time = at ?? timeOfDay;
    if (time === undefined) return false;
    ports[sport] = 1;
    const key = printKey(sport, dport, flags, len, time);
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  for (const { segments } of files) {
    for (const row of rowsWithSport(segments, ports)) {
      const { sport, dport, flags, len, at } = segments.at(row);
      if (at !== null) wanted.delete(printKey(sport, dport, flags, len, at));
      if (wanted.size === 0) return true;
    }
  }
  return wanted.size === 0;
}

function printKey(sport: number, dport: number, flags: string, len: number, at: number): string {
  const time = Math.floor((at % QUARTER_HOUR) * MICROSECOND + 0.5);
  return `${sport} ${dport} ${flags} ${len} ${time}`;
}

function* rowsWithSport(
  { columns, length }: ExplainedCapture['segments'],
  ports: Uint8Array,
): Generator<number> {
  let start = 0;
  for (const page of columns ?? []) {
    for (let row = 0; row < page.length; row++) {
      if (ports[page.sport[row] as number] === 1) yield start + row;
    }
    start += page.length;
  }
  for (let row = start; row < length; row++) yield row;
}
