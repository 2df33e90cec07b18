import type { Capture, Incident } from '@tuplescope/incident';
import { type ConnectionRecord, connectionRecords, pairKey, portOf } from './connection-records.ts';

/** A record among those of an incident. */
export interface FoundRecord extends ConnectionRecord {
  readonly capture: Capture;
}

/** More than these help nobody. */
const MOST_RECORDS = 2000;

/**
 * Finds the record at a byte offset of a file.
 *
 * @param offset from the file's start.
 */
export function recordAt(incident: Incident, path: string, offset: number): FoundRecord | null {
  for (const capture of incident.captures) {
    const at = offset - capture.origin.offset;
    if (capture.path !== path || at < 0 || at > capture.bytes.length) continue;
    for (const record of connectionRecords(capture)) {
      if (record.source.start <= at && at <= record.source.end) return { ...record, capture };
    }
  }
  return null;
}

/**
 * Gives the records that tell of the same connection as one of them: its socket on either side, its
 * conntrack entry, its packets and log lines, before and after NAT. A conntrack entry says which
 * tuples belong together; where it is gone, the port that intercepts traffic does.
 */
export function relatedRecords(incident: Incident, record: FoundRecord): FoundRecord[] {
  const proxies = new Set(incident.interception.map(({ port }) => port));
  const isProxy = (end: string): boolean => proxies.has(portOf(end));
  const keys = new Set(record.pairs.map(pairKey));
  const ends = new Set(record.pairs.flat().filter((end) => !isProxy(end)));
  const clients = record.pairs.flatMap(([end, other]) =>
    isProxy(end) ? [other] : isProxy(other) ? [end] : [],
  );
  for (const { pairs } of entriesOf(incident)) {
    if (pairs.some((pair) => keys.has(pairKey(pair)))) {
      for (const pair of pairs) keys.add(pairKey(pair));
    }
  }
  const isRelated = ({ pairs }: ConnectionRecord): boolean =>
    pairs.some((pair) => {
      if (keys.has(pairKey(pair))) return true;
      const [end, other] = pair;
      if (isProxy(end) || isProxy(other)) return ends.has(isProxy(end) ? other : end);
      return clients.includes(end) || clients.includes(other);
    });
  const found: FoundRecord[] = [];
  for (const capture of incident.captures) {
    for (const candidate of connectionRecords(capture)) {
      if (!isRelated(candidate)) continue;
      found.push({ ...candidate, capture });
      if (found.length >= MOST_RECORDS) return found;
    }
  }
  return found;
}

function* entriesOf({ captures }: Incident): Generator<ConnectionRecord> {
  for (const capture of captures) {
    if (capture.content.kind === 'conntrack') yield* connectionRecords(capture);
  }
}
