import {
  type CaptureOf,
  capturesOf,
  type Incident,
  type Place,
  placeOf,
  type TcpdumpSegment,
} from '@tuplescope/incident';
import { addSerial, isLoopback, isSameAddress, type Tuple } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt, type Step } from './attempt.ts';
import { timeOfSegment } from './times.ts';

/** An answer to a SYN comes within this time, or it belongs to something else. */
const ANSWER_SECONDS = 0.5;

/** A segment with its place in the incident. */
interface Packet {
  readonly segment: TcpdumpSegment;
  readonly place: Place;
}

/** One connect in the making: its SYNs share an initial sequence number. */
interface Course {
  readonly client: string;
  readonly port: number;
  readonly isn: number;
  readonly interceptionPort: number;
  readonly syns: Packet[];
  readonly challengeAcks: Packet[];
  /** RSTs that went to the interception port, and those that went astray. */
  readonly translated: Packet[];
  readonly untranslated: Packet[];
  synAck: Packet | null;
}

/**
 * Finds, in the text of `tcpdump`, the connects whose redirected SYN was answered by a bare ACK: the
 * challenge ACK of a socket that was there before (RFC 5961 section 4). The client answers it with a
 * RST that carries the ACK's number; where that RST shows with the untranslated address, conntrack
 * called it INVALID.
 */
export function attemptsInPackets(incident: Incident): Attempt[] {
  const ports = new Set(
    incident.interception.filter((i) => i.direction === 'outbound').map(({ port }) => port),
  );
  const captures = capturesOf(incident.captures, 'tcpdump');
  const challenged = captures
    .flatMap((capture) => coursesIn(capture, ports))
    .filter(({ challengeAcks }) => challengeAcks.length > 0);
  const courses = withoutCopies(challenged);
  for (const capture of captures) addUntranslatedResets(capture, courses);
  return courses.map(attemptOf);
}

/** The same packets may have been printed into two files. */
function withoutCopies(courses: readonly Course[]): Course[] {
  const seen = new Set<string>();
  return courses.filter(({ client, port, isn, syns }) => {
    const at = timeOfSegment((syns[0] as Packet).segment);
    const key = `${client} ${port} ${isn} ${at === null ? '' : Math.round(at % 86_400)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function coursesIn(capture: CaptureOf<'tcpdump'>, ports: ReadonlySet<number>): Course[] {
  const open = new Map<string, Course>();
  const courses: Course[] = [];
  for (const segment of capture.content.table) {
    const { flags, src, sport, dst, dport, seq } = segment;
    const packet = { segment, place: placeOf(capture, segment.source) };
    if (!flags.includes('S') || flags.includes('A')) {
      const answered = open.get(`${dst} ${dport}`);
      if (answered !== undefined && answered.synAck === null) takeAnswer(answered, packet);
      const answering = open.get(`${src} ${sport}`);
      if (answering !== undefined && flags === 'R' && ports.has(dport)) {
        answering.translated.push(packet);
      }
      continue;
    }
    if (!ports.has(dport) || !isLoopback(dst) || seq === undefined) continue;
    const course = open.get(`${src} ${sport}`);
    if (course !== undefined && course.isn === seq) course.syns.push(packet);
    else {
      const begun: Course = {
        client: src,
        port: sport,
        isn: seq,
        interceptionPort: dport,
        syns: [packet],
        challengeAcks: [],
        translated: [],
        untranslated: [],
        synAck: null,
      };
      open.set(`${src} ${sport}`, begun);
      courses.push(begun);
    }
  }
  return courses;
}

function takeAnswer(course: Course, packet: Packet): void {
  const { segment } = packet;
  if (secondsBetween(course.syns.at(-1) as Packet, segment) > ANSWER_SECONDS) return;
  const { flags, len } = segment;
  if (flags.includes('S') && flags.includes('A')) {
    course.synAck = packet;
    return;
  }
  const acknowledges = segment.absolute?.ack ?? (segment.relative ? undefined : segment.ack);
  // An ACK of the SYN itself would be the answer to a simultaneous open.
  if (flags === 'A' && len === 0 && acknowledges !== addSerial(course.isn, 1)) {
    course.challengeAcks.push(packet);
  }
}

/** RSTs of the same client that show on another interface with the address before NAT. */
function addUntranslatedResets(capture: CaptureOf<'tcpdump'>, courses: readonly Course[]): void {
  for (const segment of capture.content.table) {
    if (segment.flags !== 'R' || isLoopback(segment.dst)) continue;
    const course = courses.find(
      ({ client, port, challengeAcks, untranslated }) =>
        port === segment.sport &&
        isSameAddress(client, segment.src) &&
        untranslated.length < challengeAcks.length &&
        challengeAcks.some((ack) => {
          const elapsed = secondsBetween(ack, segment);
          return elapsed >= 0 && elapsed < ANSWER_SECONDS;
        }),
    );
    course?.untranslated.push({ segment, place: placeOf(capture, segment.source) });
  }
}

function secondsBetween(earlier: Packet, later: TcpdumpSegment): number {
  const seconds = (timeOfSegment(later) ?? 0) - (timeOfSegment(earlier.segment) ?? 0);
  // One text may carry the date and the other only the time of day.
  return Math.abs(seconds) > 86_400 ? seconds % 86_400 : seconds;
}

function attemptOf(course: Course): Attempt {
  const { syns, challengeAcks, translated, untranslated, synAck, interceptionPort } = course;
  const firstSyn = syns[0] as Packet;
  const last = synAck ?? challengeAcks.at(-1) ?? firstSyn;
  return {
    ...emptyAttempt('packets', course.client, course.port),
    interceptionPort,
    tuple: tupleOf(course),
    begin: timeOfSegment(firstSyn.segment),
    end: timeOfSegment(last.segment),
    isn: course.isn,
    syns: syns.length,
    challengeAcks: challengeAcks.length,
    resets: { translated: translated.length, untranslated: untranslated.length },
    outcome: synAck === null ? 'not-connected' : 'connected',
    evidence: evidenceOf(course),
  };
}

/** The service's address: un-NATed replies carry it on lo, the RST that went astray does too. */
function tupleOf(course: Course): Tuple | null {
  const { client, port, challengeAcks, untranslated, interceptionPort } = course;
  const reply = challengeAcks.find(({ segment }) => segment.sport !== interceptionPort)?.segment;
  if (reply !== undefined) return { src: client, sport: port, dst: reply.src, dport: reply.sport };
  const astray = untranslated[0]?.segment;
  if (astray === undefined) return null;
  return { src: client, sport: port, dst: astray.dst, dport: astray.dport };
}

function evidenceOf(course: Course): AttemptEvidence[] {
  const { syns, challengeAcks, translated, untranslated, synAck, interceptionPort, isn } = course;
  const sent = syns.length === 1 ? 'once' : `${syns.length} times`;
  const told: readonly (readonly [Step, Packet | null | undefined, string])[] = [
    [
      'syn',
      syns[0],
      `The SYN (${isn}) is redirected to port ${interceptionPort}; it was sent ${sent}.`,
    ],
    [
      'challenge-ack',
      challengeAcks[0],
      'The answer is a bare ACK that does not acknowledge this SYN: a challenge ACK of the old socket.',
    ],
    [
      'reset-translated',
      translated[0],
      `The RST that answers it is translated and reaches port ${interceptionPort}.`,
    ],
    [
      'reset-untranslated',
      untranslated[0],
      'The RST that answers it leaves with its untranslated address: it never reaches the old socket.',
    ],
    [
      'challenge-ack',
      challengeAcks.length > 1 ? challengeAcks.at(-1) : null,
      `The last of ${challengeAcks.length} challenge ACKs.`,
    ],
    ['connected', synAck, 'The SYN-ACK: the connect succeeded.'],
  ];
  return told.flatMap(([shows, packet, says]) =>
    packet == null ? [] : [{ shows, place: packet.place, packet: packet.segment.n, says }],
  );
}
