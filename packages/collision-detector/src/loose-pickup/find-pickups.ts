import { type CaptureOf, type ConntrackEntry, type Incident, placeOf } from '@tuplescope/incident';
import { formatTuple, type Tuple, tupleKey } from '@tuplescope/net';
import { entryListings, eventLogs, fullTuple } from '../entries.ts';
import type { Evidence } from '../finding.ts';
import type { Pickup } from './pickup.ts';

/** So many events of one connection are enough to point at. */
const ENOUGH = 6;

/**
 * Finds the entries that conntrack made in the middle of a connection: in ESTABLISHED though nobody
 * has answered. A SYN makes an entry in SYN_SENT; any other packet makes one only by tcp_loose.
 */
export function findPickups(incident: Incident): Pickup[] {
  const pickups = new Map<string, Draft>();
  for (const [index, { captures }] of incident.snapshots.entries()) {
    for (const capture of entryListings(captures)) addListed(capture, index, pickups);
  }
  for (const capture of eventLogs(incident.captures)) addEvents(capture, pickups);
  return [...pickups.values()].map(({ listed, events, ...pickup }) => ({
    ...pickup,
    evidence: [...events, ...(listed === null ? [] : [listed])],
  }));
}

type Draft = { -readonly [Key in Exclude<keyof Pickup, 'evidence'>]: Pickup[Key] } & {
  /** The entry in the last listing that has it. */
  listed: Evidence | null;
  readonly events: Evidence[];
};

/** Only unanswered entries that no SYN made become records. */
function addListed(
  capture: CaptureOf<'conntrack'>,
  snapshot: number,
  pickups: Map<string, Draft>,
): void {
  const { table } = capture.content;
  for (let row = 0; row < table.length; row++) {
    if (!table.unrepliedAt(row) || table.stateAt(row) !== 'ESTABLISHED') continue;
    const entry = table.at(row);
    const draft = entry.proto === 'tcp' ? draftOf(pickups, entry) : null;
    if (draft === null || (draft.listed !== null && draft.snapshot === snapshot)) continue;
    const left = entry.timeout === null ? '' : ` It goes in ${entry.timeout} s.`;
    const says = `An entry made in the middle of a connection: ESTABLISHED, and nobody has answered.${left}`;
    draft.snapshot = snapshot;
    draft.listed = { ...placeOf(capture, entry.source), packet: null, says };
  }
}

/** Follows each pickup from its NEW to the answer, or to the entry's end. */
function addEvents(capture: CaptureOf<'conntrack'>, pickups: Map<string, Draft>): void {
  const { table } = capture.content;
  const open = new Map<string, ConntrackEntry>();
  for (let row = 0; row < table.length; row++) {
    const state = table.stateAt(row);
    const isUnreplied = table.unrepliedAt(row);
    if (isUnreplied ? state !== 'ESTABLISHED' && state !== 'CLOSE' : open.size === 0) continue;
    const entry = table.at(row);
    const orig = fullTuple(entry.orig);
    if (orig === null || entry.proto !== 'tcp') continue;
    const key = tupleKey(orig);
    const made = open.get(key);
    if (entry.event === 'NEW' && isUnreplied && state === 'ESTABLISHED') open.set(key, entry);
    else if (made !== undefined) {
      open.delete(key);
      const isReset = entry.event === 'DESTROY' && isUnreplied && state === 'CLOSE';
      // An answer that is no RST: the connection goes on, and nothing is wrong.
      if (isReset || isUnreplied) addMade(capture, orig, made, isReset ? entry : null, pickups);
    }
  }
  for (const made of open.values()) {
    const orig = fullTuple(made.orig);
    if (orig !== null) addMade(capture, orig, made, null, pickups);
  }
}

function addMade(
  capture: CaptureOf<'conntrack'>,
  orig: Tuple,
  made: ConntrackEntry,
  reset: ConntrackEntry | null,
  pickups: Map<string, Draft>,
): void {
  const draft = draftOf(pickups, made);
  if (draft === null) return;
  draft.times++;
  draft.isReset ||= reset !== null;
  const note = ({ source }: ConntrackEntry, says: string): void => {
    if (draft.events.length >= ENOUGH) return;
    draft.events.push({ ...placeOf(capture, source), packet: null, says });
  };
  note(made, `A packet of ${formatTuple(orig)} made a new entry, at once in ESTABLISHED.`);
  if (reset !== null) note(reset, 'The first answer was a RST: the new entry is gone again.');
}

function draftOf(pickups: Map<string, Draft>, entry: ConntrackEntry): Draft | null {
  const orig = fullTuple(entry.orig);
  const reply = fullTuple(entry.reply);
  if (orig === null || reply === null) return null;
  const key = tupleKey(orig);
  const known = pickups.get(key);
  if (known !== undefined) return known;
  const draft: Draft = {
    orig,
    reply,
    snapshot: null,
    times: 0,
    isReset: false,
    listed: null,
    events: [],
  };
  pickups.set(key, draft);
  return draft;
}
