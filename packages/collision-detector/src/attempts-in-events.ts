import {
  type CaptureOf,
  type ConntrackEntry,
  capturesOf,
  type Incident,
  isEventLog,
  placeOf,
} from '@tuplescope/incident';
import { formatTuple, type Tuple, tupleKey } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt, type Step } from './attempt.ts';
import { fullTuple } from './entries.ts';

/** A SYN that follows this soon after the last event is the same connect, sent again. */
const SAME_CONNECT_SECONDS = 130;

/**
 * Finds the connects that `conntrack -E` shows as answered by something else than a SYN-ACK. A
 * handshake goes NEW SYN_SENT, UPDATE SYN_RECV. Where the old socket's challenge ACK comes instead,
 * conntrack ignores it and only notes that a reply was seen: an UPDATE that names no state.
 */
export function attemptsInEvents(incident: Incident): Attempt[] {
  return capturesOf(incident.captures, 'conntrack')
    .filter(({ content }) => isEventLog(content.table))
    .flatMap((capture) => attemptsIn(capture, incident));
}

interface Course {
  tuple: Tuple;
  attempt: Attempt;
  challenged: boolean;
}

function attemptsIn(capture: CaptureOf<'conntrack'>, incident: Incident): Attempt[] {
  const ports = new Set(
    incident.interception.filter((i) => i.direction === 'outbound').map(({ port }) => port),
  );
  const open = new Map<string, Course>();
  const courses: Course[] = [];
  for (const entry of capture.content.table) {
    const tuple = fullTuple(entry.orig);
    if (tuple === null || entry.reply.sport == null || !ports.has(entry.reply.sport)) continue;
    const key = tupleKey(tuple);
    const course = open.get(key);
    if (entry.event === 'NEW' && entry.state === 'SYN_SENT') {
      if (course === undefined || isOver(course, entry)) {
        const begun = begin(tuple, entry, capture);
        open.set(key, begun);
        courses.push(begun);
      } else course.attempt = withSyn(course.attempt, entry, capture);
    } else if (course !== undefined && course.attempt.outcome !== 'connected') {
      proceed(course, entry, capture);
    }
  }
  return courses.filter(({ challenged }) => challenged).map(({ attempt }) => attempt);
}

function isOver({ attempt }: Course, entry: ConntrackEntry): boolean {
  if (attempt.outcome === 'connected') return true;
  const { at } = entry;
  return at != null && attempt.end !== null && at - attempt.end > SAME_CONNECT_SECONDS;
}

function begin(tuple: Tuple, entry: ConntrackEntry, capture: CaptureOf<'conntrack'>): Course {
  const attempt: Attempt = {
    ...emptyAttempt('events', tuple.src, tuple.sport),
    interceptionPort: entry.reply.sport ?? null,
    tuple,
    begin: entry.at ?? null,
    end: entry.at ?? null,
    syns: 1,
    outcome: 'not-connected',
    evidence: [
      evidence(capture, entry, 'syn', `A new entry for ${formatTuple(tuple)}: its first SYN.`),
    ],
  };
  return { tuple, attempt, challenged: false };
}

function withSyn(
  attempt: Attempt,
  entry: ConntrackEntry,
  capture: CaptureOf<'conntrack'>,
): Attempt {
  const says = 'The SYN came again and made a new entry.';
  return {
    ...attempt,
    syns: attempt.syns + 1,
    end: entry.at ?? attempt.end,
    evidence: [...attempt.evidence, evidence(capture, entry, 'syn', says)],
  };
}

/** What each event says of a connect that is under way. */
function proceed(course: Course, entry: ConntrackEntry, capture: CaptureOf<'conntrack'>): void {
  const { attempt } = course;
  const end = entry.at ?? attempt.end;
  const add = (shows: Step, says: string): readonly AttemptEvidence[] => [
    ...attempt.evidence,
    evidence(capture, entry, shows, says),
  ];
  if (entry.event === 'UPDATE' && entry.state === null && !entry.unreplied) {
    course.challenged = true;
    const says =
      'A reply that is no SYN-ACK was seen and ignored: the challenge ACK of the old socket.';
    course.attempt = {
      ...attempt,
      end,
      challengeAcks: attempt.challengeAcks + 1,
      evidence: add('challenge-ack', says),
    };
  } else if (entry.state === 'CLOSE') {
    const { translated, untranslated } = attempt.resets;
    course.attempt = {
      ...attempt,
      end,
      resets: { translated: translated + 1, untranslated },
      evidence: add('reset-translated', "The app's RST was accepted and closed the entry."),
    };
  } else if (entry.state === 'SYN_RECV' || entry.state === 'ESTABLISHED') {
    course.attempt = {
      ...attempt,
      end,
      outcome: 'connected',
      evidence: add('connected', 'A SYN-ACK came: the connect succeeded.'),
    };
  }
}

function evidence(
  capture: CaptureOf<'conntrack'>,
  entry: ConntrackEntry,
  shows: Step,
  says: string,
): AttemptEvidence {
  return { shows, place: placeOf(capture, entry.source), packet: null, says };
}
