import { type CaptureOf, type ConntrackEntry, type Incident, placeOf } from '@tuplescope/incident';
import { invertTuple, type Tuple, tupleKey } from '@tuplescope/net';
import { eventLogs, fullTuple } from '../entries.ts';
import type { Evidence } from '../finding.ts';
import { type Reuse, TIME_WAIT_SECONDS } from './reuse.ts';

/** So many events of one connect are enough to point at. */
const ENOUGH = 4;

/** The connection that had a tuple behind the translation last. */
interface Holder {
  readonly orig: Tuple;
  /** When its entry came to TIME_WAIT: both sides had closed. */
  closed: number | null;
}

/** A connect that got the tuple of another client's closed connection. */
interface Course {
  readonly orig: Tuple;
  readonly outside: Tuple;
  readonly earlier: Tuple;
  readonly gap: number;
  readonly begin: number;
  answers: number;
  connected: number | null;
  readonly evidence: Evidence[];
}

/**
 * Finds, in conntrack's events, connections that got the port of another client's closed one within
 * 60 s, and whose SYN was answered by something else than a SYN-ACK: an UPDATE without a state.
 */
export function reusesInEvents(incident: Incident): Reuse[] {
  return eventLogs(incident.captures)
    .flatMap(coursesIn)
    .filter(({ answers }) => answers > 0)
    .map(reuseOf);
}

function coursesIn(capture: CaptureOf<'conntrack'>): Course[] {
  const holders = new Map<string, Holder>();
  const open = new Map<string, Course>();
  const courses: Course[] = [];
  for (const entry of capture.content.table) {
    const orig = fullTuple(entry.orig);
    const reply = fullTuple(entry.reply);
    if (entry.proto !== 'tcp' || orig === null || reply === null) continue;
    if (orig.src === reply.dst && orig.sport === reply.dport) continue;
    const key = tupleKey(reply);
    const holder = holders.get(key);
    const isOther = holder !== undefined && tupleKey(holder.orig) !== tupleKey(orig);
    if (isOther && isSyn(entry)) {
      const course = begin(orig, reply, holder, entry);
      if (course === null) open.delete(key);
      else {
        open.set(key, course);
        courses.push(course);
      }
    }
    const course = open.get(key);
    if (course !== undefined && tupleKey(course.orig) === tupleKey(orig)) {
      proceed(course, entry, capture);
    }
    const now = holder === undefined || isOther ? { orig, closed: null } : holder;
    if (entry.event === 'UPDATE' && entry.state === 'TIME_WAIT') now.closed = entry.at ?? null;
    holders.set(key, now);
  }
  return courses;
}

function isSyn({ event, state }: ConntrackEntry): boolean {
  return event === 'NEW' && state === 'SYN_SENT';
}

function begin(
  orig: Tuple,
  reply: Tuple,
  { orig: earlier, closed }: Holder,
  { at }: ConntrackEntry,
): Course | null {
  if (at === undefined || closed === null) return null;
  const gap = at - closed;
  if (gap < 0 || gap >= TIME_WAIT_SECONDS) return null;
  const outside = invertTuple(reply);
  return { orig, outside, earlier, gap, begin: at, answers: 0, connected: null, evidence: [] };
}

function proceed(course: Course, entry: ConntrackEntry, capture: CaptureOf<'conntrack'>): void {
  const { event, state, unreplied, at } = entry;
  const note = (says: string): void => {
    if (course.evidence.length >= ENOUGH) return;
    course.evidence.push({ ...placeOf(capture, entry.source), packet: null, says });
  };
  if (isSyn(entry)) {
    note('The new connection has the port that the earlier one had.');
  } else if (event === 'UPDATE' && state === null && !unreplied && course.connected === null) {
    course.answers++;
    note('The answer to its SYN is no SYN-ACK.');
  } else if (state === 'SYN_RECV' && course.connected === null) {
    course.connected = at ?? course.begin;
    note('A SYN-ACK came: the connect succeeded.');
  }
}

function reuseOf({ orig, outside, earlier, gap, begin: at, answers, ...rest }: Course): Reuse {
  const { connected, evidence } = rest;
  return {
    basis: 'events',
    client: orig,
    earlier,
    outside,
    gap,
    answers,
    isConnected: connected !== null,
    seconds: connected === null ? null : connected - at,
    evidence,
  };
}
