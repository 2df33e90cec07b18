import {
  type CaptureOf,
  type ConntrackEntry,
  type Incident,
  type Interception,
  placeOf,
} from '@tuplescope/incident';
import { formatTuple, type Tuple, tupleKey } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt, type Step } from './attempt.ts';
import { eventLogs, fullTuple } from './entries.ts';
import { interceptionPorts } from './interception-ports.ts';

/** A SYN that follows this soon after the last event is the same connect, sent again. */
const SAME_CONNECT_SECONDS = 130;

/** So many records of one connect are enough to point at. */
const MAX_EVIDENCE = 100;

/** One connect in the making, as its events show it. */
interface EventCourse {
  readonly tuple: Tuple;
  readonly interceptionPort: number;
  readonly begin: number | null;
  end: number | null;
  syns: number;
  challengeAcks: number;
  resets: number;
  isConnected: boolean;
  readonly evidence: AttemptEvidence[];
}

/**
 * Finds the connects that `conntrack -E` shows as answered by something else than a SYN-ACK. A
 * handshake goes NEW SYN_SENT, UPDATE SYN_RECV. Where the old socket's challenge ACK comes instead,
 * conntrack ignores it and only notes that a reply was seen: an UPDATE that names no state.
 */
export function attemptsInEvents(
  incident: Incident,
  direction: Interception['direction'] = 'outbound',
): Attempt[] {
  const ports = interceptionPorts(incident, direction);
  return eventLogs(incident.captures)
    .flatMap((capture) => coursesIn(capture, ports))
    .filter(({ challengeAcks }) => challengeAcks > 0)
    .map(attemptOf);
}

function coursesIn(capture: CaptureOf<'conntrack'>, ports: ReadonlySet<number>): EventCourse[] {
  const open = new Map<string, EventCourse>();
  const courses: EventCourse[] = [];
  for (const entry of capture.content.table) {
    const tuple = fullTuple(entry.orig);
    const port = entry.reply.sport;
    if (tuple === null || port == null || !ports.has(port)) continue;
    const key = tupleKey(tuple);
    let course = open.get(key);
    if (isSyn(entry) && (course === undefined || isOver(course, entry))) {
      course = begin(tuple, port, entry);
      open.set(key, course);
      courses.push(course);
    }
    if (course !== undefined && !course.isConnected) proceed(course, entry, capture);
  }
  return courses;
}

function isSyn({ event, state }: ConntrackEntry): boolean {
  return event === 'NEW' && state === 'SYN_SENT';
}

function isOver({ isConnected, end }: EventCourse, { at }: ConntrackEntry): boolean {
  return isConnected || (at != null && end !== null && at - end > SAME_CONNECT_SECONDS);
}

function begin(tuple: Tuple, interceptionPort: number, { at }: ConntrackEntry): EventCourse {
  return {
    tuple,
    interceptionPort,
    begin: at ?? null,
    end: at ?? null,
    syns: 0,
    challengeAcks: 0,
    resets: 0,
    isConnected: false,
    evidence: [],
  };
}

/** What an event says of a connect that is under way. */
function proceed(
  course: EventCourse,
  entry: ConntrackEntry,
  capture: CaptureOf<'conntrack'>,
): void {
  const note = (shows: Step, says: string): void => {
    course.end = entry.at ?? course.end;
    if (course.evidence.length >= MAX_EVIDENCE) return;
    course.evidence.push({ shows, place: placeOf(capture, entry.source), packet: null, says });
  };
  if (isSyn(entry)) {
    course.syns++;
    const isFirst = course.syns === 1;
    const first = `A new entry for ${formatTuple(course.tuple)}: its first SYN.`;
    note('syn', isFirst ? first : 'The SYN came again and made a new entry.');
  } else if (entry.event === 'UPDATE' && entry.state === null && !entry.unreplied) {
    course.challengeAcks++;
    note('challenge-ack', "A reply came that is no SYN-ACK: the old socket's challenge ACK.");
  } else if (entry.state === 'CLOSE') {
    course.resets++;
    note('reset-translated', "conntrack accepted the client's RST and closed the entry.");
  } else if (entry.state === 'SYN_RECV' || entry.state === 'ESTABLISHED') {
    course.isConnected = true;
    note('connected', 'A SYN-ACK came: the connect succeeded.');
  }
}

function attemptOf(course: EventCourse): Attempt {
  const { tuple, interceptionPort, syns, challengeAcks, resets, evidence } = course;
  return {
    ...emptyAttempt('events', tuple.src, tuple.sport),
    interceptionPort,
    tuple,
    begin: course.begin,
    end: course.end,
    syns,
    challengeAcks,
    resets: { translated: resets, untranslated: 0 },
    outcome: course.isConnected ? 'connected' : 'not-connected',
    evidence,
  };
}
