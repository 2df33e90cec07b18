import type { Incident } from '@tuplescope/incident';
import type { Tuple } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt, type Step } from './attempt.ts';
import { howOften } from './how-often.ts';
import { findPacketCourses, type Packet, type PacketCourse } from './packet-courses.ts';
import { timeOfSegment } from './times.ts';

/**
 * Finds, in packets, the connects whose redirected SYN was answered by a challenge ACK
 * (RFC 5961 section 4). The client answers that with a RST that carries the ACK's number; where the
 * RST shows with the service's address, conntrack called it INVALID.
 */
export function attemptsInPackets(incident: Incident): Attempt[] {
  return findPacketCourses(incident).map(attemptOf);
}

function attemptOf(course: PacketCourse): Attempt {
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
function tupleOf(course: PacketCourse): Tuple | null {
  const { client, port, challengeAcks, untranslated, interceptionPort } = course;
  const reply = challengeAcks.find(({ segment }) => segment.sport !== interceptionPort)?.segment;
  if (reply !== undefined) return { src: client, sport: port, dst: reply.src, dport: reply.sport };
  const astray = untranslated[0]?.segment;
  if (astray === undefined) return null;
  return { src: client, sport: port, dst: astray.dst, dport: astray.dport };
}

function evidenceOf(course: PacketCourse): AttemptEvidence[] {
  const { syns, challengeAcks, translated, untranslated, synAck, interceptionPort, isn } = course;
  const told: readonly (readonly [Step, Packet | null | undefined, string])[] = [
    [
      'syn',
      syns[0],
      `The SYN (${isn}) is redirected to port ${interceptionPort}; it was sent ${howOften(syns.length)}.`,
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
